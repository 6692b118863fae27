using System.Collections.Immutable;
using Flowtabled.Engine.Export;

namespace Flowtabled.Engine.Planning;

/// <summary>One message of the batch that a <see cref="Plan"/> is. Everything is of family inet.</summary>
/// <param name="Table">The table that it is about.</param>
/// <param name="Reason">Why, for people: words that can follow a colon.</param>
public abstract record PlanStep(string Table, string Reason)
{
    /// <summary>The step in words, as <see cref="StepText"/> has them.</summary>
    public sealed override string ToString() => StepText.Of(this);
}

/// <summary>Makes a table that is not there (<c>NFT_MSG_NEWTABLE</c>, <c>NLM_F_CREATE | NLM_F_EXCL</c>).</summary>
public sealed record CreateTable(string Table, TableFlags Flags, string Reason) : PlanStep(Table, Reason);

/// <summary>Takes over an orphan: owner and persist (<c>NFT_MSG_NEWTABLE</c> without <c>NLM_F_CREATE</c>).</summary>
public sealed record AdoptTable(string Table, TableFlags Flags, string Reason) : PlanStep(Table, Reason);

/// <summary>Deletes a table with all that is in it (<c>NFT_MSG_DELTABLE</c>).</summary>
public sealed record DeleteTable(string Table, string Reason) : PlanStep(Table, Reason);

/// <summary>Makes a set without elements (<c>NFT_MSG_NEWSET</c>, <c>NLM_F_CREATE | NLM_F_EXCL</c>).</summary>
public sealed record CreateSet(string Table, string Set, SetType Type, string Reason) : PlanStep(Table, Reason);

/// <summary>Deletes a set or map that no rule looks up any more (<c>NFT_MSG_DELSET</c>).</summary>
public sealed record DeleteSet(string Table, string Set, string Reason) : PlanStep(Table, Reason);

/// <summary>
/// Adds 1 to <see cref="Plan.MaxNames"/> elements, none of them there yet, to a set
/// (<c>NFT_MSG_NEWSETELEM</c>, <c>NLM_F_CREATE | NLM_F_EXCL</c>).
/// </summary>
public sealed record AddElements(string Table, string Set, SetType Type, ImmutableArray<string> Elements, string Reason)
    : PlanStep(Table, Reason);

/// <summary>Removes 1 to <see cref="Plan.MaxNames"/> elements, all of them there, from a set (<c>NFT_MSG_DELSETELEM</c>).</summary>
public sealed record RemoveElements(string Table, string Set, SetType Type, ImmutableArray<string> Elements, string Reason)
    : PlanStep(Table, Reason);

/// <summary>
/// Makes a flowtable (<c>NFT_MSG_NEWFLOWTABLE</c>, <c>NLM_F_CREATE | NLM_F_EXCL</c>, hook ingress) with at most <see cref="Plan.MaxNames"/>
/// devices; <see cref="UpdateFlowtable"/> brings the others.
/// </summary>
public sealed record CreateFlowtable(
    string Table, string Flowtable, int Priority, FlowtableFlags Flags, ImmutableArray<string> Devices, string Reason)
    : PlanStep(Table, Reason);

/// <summary>
/// Adds 0 to <see cref="Plan.MaxNames"/> devices, none of them there yet, to a flowtable, and sets its flags: flags of 0 would clear
/// <c>counter</c> (<c>NFT_MSG_NEWFLOWTABLE</c>; the kernel wants an <c>NFTA_FLOWTABLE_HOOK</c>, and in it the priority as it is or none).
/// </summary>
public sealed record UpdateFlowtable(
    string Table, string Flowtable, int Priority, FlowtableFlags Flags, ImmutableArray<string> Devices, string Reason)
    : PlanStep(Table, Reason);

/// <summary>
/// Removes 1 to <see cref="Plan.MaxNames"/> devices from a flowtable (<c>NFT_MSG_DELFLOWTABLE</c> with <c>NFTA_FLOWTABLE_HOOK</c>). All
/// must be there: one that is not voids the batch with <c>ENOENT</c>.
/// </summary>
public sealed record RemoveDevices(string Table, string Flowtable, ImmutableArray<string> Devices, string Reason) : PlanStep(Table, Reason);

/// <summary>Deletes a flowtable that no rule uses any more (<c>NFT_MSG_DELFLOWTABLE</c> without a hook).</summary>
public sealed record DeleteFlowtable(string Table, string Flowtable, string Reason) : PlanStep(Table, Reason);

/// <summary>Makes the base chain (<c>NFT_MSG_NEWCHAIN</c>, <c>NLM_F_CREATE | NLM_F_EXCL</c>).</summary>
public sealed record CreateChain(string Table, ChainSpec Chain, string Reason) : PlanStep(Table, Reason);

/// <summary>Deletes a chain that has no rules any more (<c>NFT_MSG_DELCHAIN</c>).</summary>
public sealed record DeleteChain(string Table, string Chain, string Reason) : PlanStep(Table, Reason);

/// <summary>
/// Adds a rule (<c>NFT_MSG_NEWRULE</c>, <c>NLM_F_CREATE</c>): before the rule of handle <c>Before</c> (<c>NFTA_RULE_POSITION</c>), or,
/// without one, at the end of the chain (<c>NLM_F_APPEND</c>).
/// </summary>
public sealed record AddRule(string Table, string Chain, RuleSpec Rule, ulong? Before, string Reason) : PlanStep(Table, Reason);

/// <summary>Deletes a rule (<c>NFT_MSG_DELRULE</c> with <c>NFTA_RULE_HANDLE</c>).</summary>
public sealed record DeleteRule(string Table, string Chain, ulong Handle, string Reason) : PlanStep(Table, Reason);

/// <summary>Deletes a stateful object that nothing refers to any more (<c>NFT_MSG_DELOBJ</c>).</summary>
public sealed record DeleteObject(string Table, string Name, uint Type, string Reason) : PlanStep(Table, Reason);
