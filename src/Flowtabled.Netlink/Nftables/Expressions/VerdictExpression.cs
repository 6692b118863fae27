using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Decides on the packet ("immediate" into NFT_REG_VERDICT): <c>accept</c>, <c>return</c>, <c>jump</c>.</summary>
/// <param name="Verdict">NFTA_VERDICT_CODE.</param>
/// <param name="Chain">NFTA_VERDICT_CHAIN: where a jump or goto leads; null for other verdicts.</param>
public sealed record VerdictExpression(NftVerdict Verdict, string? Chain = null) : NftExpression
{
    /// <inheritdoc/>
    public override string Name => ImmediateExpression.KernelName;

    internal override (string Kind, string Name) Place => Chain is null ? base.Place : ("chain", Chain);

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_IMMEDIATE_DREG, NfTables.NFT_REG_VERDICT);
        var data = writer.BeginNest(NfTables.NFTA_IMMEDIATE_DATA);
        var verdict = writer.BeginNest(NfTables.NFTA_DATA_VERDICT);
        writer.WriteInt32BigEndian(NfTables.NFTA_VERDICT_CODE, (int)Verdict);
        if (Chain is not null)
            writer.WriteString(NfTables.NFTA_VERDICT_CHAIN, Chain);
        writer.EndNest(verdict);
        writer.EndNest(data);
    }

    internal static VerdictExpression? ReadVerdict(AttributeReader verdict)
    {
        NftVerdict? code = null;
        string? chain = null;
        while (verdict.Read())
        {
            switch (verdict.Type)
            {
                case NfTables.NFTA_VERDICT_CODE:
                    code = (NftVerdict)verdict.GetInt32BigEndian();
                    break;
                case NfTables.NFTA_VERDICT_CHAIN:
                    chain = verdict.GetString();
                    break;
            }
        }

        return code is { } c ? new VerdictExpression(c, chain) : null;
    }
}

/// <summary>Verdicts (enum nft_verdicts, linux/netfilter/nf_tables.h; NF_DROP and NF_ACCEPT, linux/netfilter.h).</summary>
public enum NftVerdict
{
    /// <summary>NF_DROP</summary>
    Drop = 0,

    /// <summary>NF_ACCEPT: this chain is done with it, later base chains are not.</summary>
    Accept = 1,

    /// <summary>NFT_CONTINUE: to the next rule.</summary>
    Continue = -1,

    /// <summary>NFT_BREAK: the rest of this rule is left out.</summary>
    Break = -2,

    /// <summary>NFT_JUMP: another chain, then back.</summary>
    Jump = -3,

    /// <summary>NFT_GOTO: another chain, not back.</summary>
    Goto = -4,

    /// <summary>NFT_RETURN: the rest of this chain is left out; from a base chain, the policy.</summary>
    Return = -5,
}
