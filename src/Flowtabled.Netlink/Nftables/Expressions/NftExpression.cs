namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>
/// One instruction of a rule. Registers are numbered as the kernel does: NFT_REG_1 to NFT_REG_4 of 16 bytes, or NFT_REG32_00 to
/// NFT_REG32_15 of 4 bytes for the same memory.
/// </summary>
public abstract record NftExpression
{
    private protected NftExpression()
    {
    }

    /// <summary>NFTA_EXPR_NAME</summary>
    public abstract string Name { get; }

    /// <summary>Its name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>Whether both do the same, whatever they have counted.</summary>
    public virtual bool IsSameAs(NftExpression other) => Equals(other);

    /// <summary>
    /// What a refusal of it is about: the kernel points at an expression as a whole, and most fail by what they refer to.
    /// </summary>
    internal virtual (string Kind, string Name) Place => ("expression", Name);

    /// <summary>Writes what is in NFTA_EXPR_DATA.</summary>
    internal abstract void Write(MessageWriter writer, NftSetIds sets);
}
