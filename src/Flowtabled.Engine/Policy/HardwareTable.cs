using System.Collections.Immutable;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Engine.Policy;

/// <summary>
/// Our table for hardware offload, beside the one for software: a device can be in one flowtable of a table only, and in both it must be,
/// because a connection with only one end on the chip runs in software in both directions.
/// </summary>
public static class HardwareTable
{
    /// <summary>The table's name; its family is inet.</summary>
    public const string Name = "flowtabled_hw";

    /// <summary>The name of its flowtable.</summary>
    public const string Flowtable = "hw";

    /// <summary>The name of its base chain.</summary>
    public const string Chain = "forward";

    /// <summary>The name of the set of l3 devices whose connections may go into hardware.</summary>
    public const string Devices = "hw_devices";

    /// <summary>Before the chain for software, which leaves alone what is offloaded already.</summary>
    private const int ChainPriority = OffloadTable.ChainPriority - 1;

    private const int HookPriority = 0;

    /// <summary>The table.</summary>
    /// <param name="ports">The ports of the flowtable, sorted.</param>
    /// <param name="devices">The l3 devices whose connections may go in, sorted.</param>
    /// <param name="keptOut">The connections that may not.</param>
    /// <param name="counter">Whether conntrack goes on counting offloaded flows.</param>
    /// <param name="features">What the kernel can do.</param>
    internal static TableSpec Of(
        ImmutableArray<string> ports, ImmutableArray<string> devices, KeptOut keptOut, bool counter, KernelFeatures features) => new(
        Name,
        OffloadTable.Flags(features),
        [new SetSpec(Devices, SetType.InterfaceName, devices), .. keptOut.Sets],
        new FlowtableSpec(
            Flowtable, HookPriority, FlowtableFlags.HwOffload | (counter ? FlowtableFlags.Counter : FlowtableFlags.None), ports),
        new ChainSpec(Chain, ChainPriority),
        [.. keptOut.Rules, Offload]);

    // Being outside the flowtable keeps nothing out of a chip: a flow of this rule goes in with both directions, whatever ports are bound.
    // So the rule says what may go in, by both ends.
    private static readonly RuleSpec Offload = new(
        [
            new InterfaceInSet(InterfaceSide.Input, Devices),
            new InterfaceInSet(InterfaceSide.Output, Devices),
            new CtStateEstablished(),
            new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp),
            new FlowAdd(Flowtable),
            new Counter(),
        ],
        "offload established flows into hardware, count them");
}
