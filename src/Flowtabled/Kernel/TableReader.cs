using System.Collections.Immutable;
using Flowtabled.Engine.Planning;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Kernel;

/// <summary>Reads what the kernel has of us in the engine's words.</summary>
internal static class TableReader
{
    /// <summary>Translates what was read of a table of ours; null stands for no table.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="port">The port of the socket that would send changes.</param>
    public static ObservedTable? Read(NftSnapshot? snapshot, uint port)
    {
        if (snapshot is null)
            return null;
        return new ObservedTable(
            snapshot.Table.Id.Name,
            (TableFlags)snapshot.Table.Flags,
            snapshot.Table.Owner == 0 ? null : new TableOwner(snapshot.Table.Owner, snapshot.Table.Owner == port),
            [.. snapshot.Sets.Select(static found => new ObservedSet(found.Set.Name, SetMapper.FromKernel(found)))],
            [.. snapshot.Flowtables.Select(ReadFlowtable)],
            [.. snapshot.Chains.Select(chain => new ObservedChain(chain.Name, ReadChain(chain), ReadRules(snapshot, chain.Name)))],
            [.. snapshot.Objects.Select(static found => new ObservedObject(found.Name, found.Type))]);
    }

    /// <summary>Translates a flowtable.</summary>
    public static FlowtableSpec ReadFlowtable(NftFlowtable flowtable) =>
        new(flowtable.Name, flowtable.Priority, (FlowtableFlags)flowtable.Flags, [.. flowtable.Devices]);

    private static ChainSpec? ReadChain(NftChain chain) =>
        chain.Hook is { Type: "filter", Number: NftHookNumber.Forward, Policy: NftPolicy.Accept } hook ? new ChainSpec(chain.Name, hook.Priority) : null;

    private static ImmutableArray<ObservedRule> ReadRules(NftSnapshot snapshot, string chain) =>
        [.. snapshot.Rules.Where(rule => rule.Chain == chain).Select(ReadRule)];

    private static ObservedRule ReadRule(NftRule rule) => new(rule.Handle, RuleMapper.FromKernel(rule));
}
