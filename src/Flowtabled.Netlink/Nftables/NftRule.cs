using Flowtabled.Netlink.Nftables.Expressions;

namespace Flowtabled.Netlink.Nftables;

/// <summary>A rule.</summary>
/// <param name="Table">Where its chain is.</param>
/// <param name="Chain">NFTA_RULE_CHAIN.</param>
public sealed record NftRule(NftTableName Table, string Chain)
{
    /// <summary>NFTA_RULE_EXPRESSIONS, run in order until one does not match.</summary>
    public ValueArray<NftExpression> Expressions { get; init; }

    /// <summary>The comment that nft shows, at most 128 chars of one byte each; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>NFTA_RULE_HANDLE, unique in its table: from the kernel, and to it what is to be deleted or replaced.</summary>
    public ulong Handle { get; init; }

    /// <summary><c>inet fw4 forward handle 5</c></summary>
    public override string ToString() => $"{Table} {Chain} handle {Handle}";

    /// <summary>Whether both do and say the same, whatever they have counted and whichever handles the kernel gave them.</summary>
    public bool IsSameAs(NftRule other)
    {
        if (Table != other.Table || Chain != other.Chain || Comment != other.Comment || Expressions.Count != other.Expressions.Count)
            return false;
        for (var i = 0; i < Expressions.Count; i++)
        {
            if (!Expressions[i].IsSameAs(other.Expressions[i]))
                return false;
        }

        return true;
    }
}
