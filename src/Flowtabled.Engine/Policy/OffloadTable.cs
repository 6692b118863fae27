using System.Collections.Immutable;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Engine.Policy;

/// <summary>Our table for software offload.</summary>
public static class OffloadTable
{
    /// <summary>The table's name; its family is inet.</summary>
    public const string Name = "flowtabled";

    /// <summary>The name of its flowtable.</summary>
    public const string Flowtable = "sw";

    /// <summary>The name of its base chain.</summary>
    public const string Chain = "forward";

    /// <summary>The name of the set of l3 devices whose packets are not offloaded; it is there only while there are any.</summary>
    public const string ExcludedDevices = "excluded_devices";

    /// <summary>Behind fw4's forward chain (0), so that only what the firewall accepted gets here.</summary>
    internal const int ChainPriority = 10;

    /// <summary>fw4's flowtable has the same.</summary>
    private const int HookPriority = 0;

    /// <summary>The table with these devices.</summary>
    /// <param name="devices">The devices of the flowtable, sorted.</param>
    /// <param name="excluded">The l3 devices to leave alone, sorted.</param>
    /// <param name="keptOut">The connections to leave alone.</param>
    /// <param name="counter">Whether conntrack goes on counting offloaded flows.</param>
    /// <param name="features">What the kernel can do.</param>
    internal static TableSpec Of(
        ImmutableArray<string> devices, ImmutableArray<string> excluded, KeptOut keptOut, bool counter, KernelFeatures features) => new(
        Name,
        Flags(features),
        excluded.IsEmpty ? keptOut.Sets : [new SetSpec(ExcludedDevices, SetType.InterfaceName, excluded), .. keptOut.Sets],
        new FlowtableSpec(Flowtable, HookPriority, counter ? FlowtableFlags.Counter : FlowtableFlags.None, devices),
        new ChainSpec(Chain, ChainPriority),
        Rules(devices, excluded, keptOut));

    /// <summary>The flags of our tables.</summary>
    internal static TableFlags Flags(KernelFeatures features) =>
        features.PersistentTables ? TableFlags.Owner | TableFlags.Persist : TableFlags.None;

    // Without a device in the flowtable the rule would mark flows as offloaded that are not.
    private static ImmutableArray<RuleSpec> Rules(ImmutableArray<string> devices, ImmutableArray<string> excluded, KeptOut keptOut) =>
        devices.IsEmpty ? []
        : excluded.IsEmpty ? [.. keptOut.Rules, Offload]
        : [Leave(InterfaceSide.Input), Leave(InterfaceSide.Output), .. keptOut.Rules, Offload];

    // A flow is offloaded in both directions whichever device the rule's packet came in by, and even when neither is in the flowtable:
    // what is to stay out must not reach the rule at all, from either side.
    private static RuleSpec Leave(InterfaceSide side) => new(
        [new InterfaceInSet(side, ExcludedDevices), new ReturnVerdict()],
        side == InterfaceSide.Input ? "from an excluded device" : "to an excluded device");

    // The counter comes after the flow statement, so it counts the flows that were offloaded.
    private static readonly RuleSpec Offload = new(
        [new CtStateEstablished(), new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new FlowAdd(Flowtable), new Counter()],
        "offload established flows, count them");
}
