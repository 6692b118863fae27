using System.Collections.Immutable;

namespace Flowtabled.Engine.Planning;

/// <summary>What the kernel has of us.</summary>
/// <param name="Table">Our table for software; <see langword="null"/> when there is none.</param>
/// <param name="Hardware">Our table for hardware; <see langword="null"/> when there is none.</param>
/// <param name="HardwareFlows">
/// How many connections are in hardware now (<c>IPS_HW_OFFLOAD</c>): as long as there are any, nothing may be unbound from it.
/// </param>
public sealed record ObservedState(ObservedTable? Table, ObservedTable? Hardware = null, int HardwareFlows = 0)
{
    /// <summary>What the firewall offloads; <see langword="null"/> when there is no table of fw4's.</summary>
    public ObservedFirewall? Firewall { get; init; }

    /// <summary>Whether a chip's ports are bound, to whosever flowtable.</summary>
    public bool BindsHardware => Hardware is not null || Firewall is { BindsHardware: true };

    /// <summary>The tables that there are.</summary>
    internal IEnumerable<ObservedTable> Tables
    {
        get
        {
            if (Hardware is not null)
                yield return Hardware;
            if (Table is not null)
                yield return Table;
        }
    }
}

/// <summary>A table of ours as the kernel has it, with whatever others may have put into it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flags">Its flags. An orphan, a persistent table whose owner has gone, shows <see cref="TableFlags.Persist"/> alone.</param>
/// <param name="Owner">Who owns it; <see langword="null"/> when nobody does.</param>
/// <param name="Sets">Its named sets and maps; not the anonymous ones, which come and go with their rules.</param>
/// <param name="Flowtables">Its flowtables.</param>
/// <param name="Chains">Its chains with their rules.</param>
/// <param name="Objects">Its stateful objects (<c>NFT_MSG_NEWOBJ</c>), of which we make none.</param>
public sealed record ObservedTable(
    string Name,
    TableFlags Flags,
    TableOwner? Owner,
    ImmutableArray<ObservedSet> Sets,
    ImmutableArray<FlowtableSpec> Flowtables,
    ImmutableArray<ObservedChain> Chains,
    ImmutableArray<ObservedObject> Objects);

/// <summary>The owner of a table (<c>NFTA_TABLE_OWNER</c>).</summary>
/// <param name="PortId">The netlink port of the owning socket: as a rule the process id of who opened it.</param>
/// <param name="IsUs">Whether the plan would be sent over that very socket.</param>
public sealed record TableOwner(uint PortId, bool IsUs);

/// <summary>A named set or map that was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spec">What it is; <see langword="null"/> when it is nothing that a <see cref="SetSpec"/> can say, so not ours.</param>
public sealed record ObservedSet(string Name, SetSpec? Spec);

/// <summary>A chain that was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spec">What it is; <see langword="null"/> when it is nothing that a <see cref="ChainSpec"/> can say, so not ours.</param>
/// <param name="Rules">Its rules, in order.</param>
public sealed record ObservedChain(string Name, ChainSpec? Spec, ImmutableArray<ObservedRule> Rules);

/// <summary>A rule that was found.</summary>
/// <param name="Handle">Its handle, unique in its table.</param>
/// <param name="Spec">What it is; <see langword="null"/> when it is nothing that a <see cref="RuleSpec"/> can say, so not ours.</param>
public sealed record ObservedRule(ulong Handle, RuleSpec? Spec);

/// <summary>A stateful object that was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, an <c>NFT_OBJECT_*</c> of linux/netfilter/nf_tables.h. Names are unique per type only.</param>
public sealed record ObservedObject(string Name, uint Type);
