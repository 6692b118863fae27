using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>What the firewall's own table has of offloading: fw4 makes it while its option <c>flow_offloading</c> is on (firewall4, ruleset.uc).</summary>
/// <param name="Rules">Its rules that add flows to a flowtable.</param>
/// <param name="Flowtables">Its flowtables; fw4's is <c>ft</c>.</param>
public sealed record ObservedFirewall(ImmutableArray<FirewallRule> Rules, ImmutableArray<FlowtableSpec> Flowtables)
{
    /// <summary>The table's name; its family is inet.</summary>
    public const string Table = "fw4";

    /// <summary>Whether a chip's ports are bound to it.</summary>
    public bool BindsHardware => Flowtables.Any(static flowtable => flowtable.Flags.HasFlag(FlowtableFlags.HwOffload) && !flowtable.Devices.IsEmpty);
}

/// <summary>A rule of the firewall's that adds flows to a flowtable.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="Handle">Its handle, unique in its table as long as that is there.</param>
/// <param name="Flowtable">The flowtable.</param>
public sealed record FirewallRule(string Chain, ulong Handle, string Flowtable);
