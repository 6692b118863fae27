using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>Goes on when a register's value is in a set ("lookup"): <c>ip saddr @lan</c>, <c>meta l4proto { tcp, udp }</c>.</summary>
/// <param name="Source">NFTA_LOOKUP_SREG.</param>
/// <param name="Set">NFTA_LOOKUP_SET: the name of a set of the same table; of an anonymous one what the kernel called it.</param>
public sealed record LookupExpression(uint Source, string Set) : NftExpression
{
    internal const string KernelName = "lookup";

    /// <summary>The name under which an anonymous set is made: the kernel puts a number in.</summary>
    internal const string AnonymousName = "__set%d";

    /// <summary>A lookup in an anonymous set, which is made in the same batch.</summary>
    public LookupExpression(uint source, NftAnonymousSet set) : this(source, AnonymousName) => Anonymous = set;

    /// <summary>What the anonymous set holds; null for a named set, and for a map.</summary>
    public NftAnonymousSet? Anonymous { get; init; }

    /// <summary>NFTA_LOOKUP_FLAGS: NFT_LOOKUP_F_INV, goes on when it is not in the set.</summary>
    public bool IsInverted { get; init; }

    /// <summary>NFTA_LOOKUP_DREG: where a map's data go; null for a set.</summary>
    public uint? Destination { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    internal override (string Kind, string Name) Place => ("set", Set);

    /// <summary>Whether both look up the same; what the kernel calls an anonymous set says nothing.</summary>
    public bool Equals(LookupExpression? other) =>
        other is not null && Source == other.Source && IsInverted == other.IsInverted && Destination == other.Destination &&
        (Anonymous is null ? other.Anonymous is null && Set == other.Set : Anonymous.Equals(other.Anonymous));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, IsInverted, Destination, Anonymous is null ? Set : null);

    internal override void Write(MessageWriter writer, NftSetIds sets)
    {
        writer.WriteUInt32BigEndian(NfTables.NFTA_LOOKUP_SREG, Source);
        if (Destination is { } destination)
            writer.WriteUInt32BigEndian(NfTables.NFTA_LOOKUP_DREG, destination);
        writer.WriteString(NfTables.NFTA_LOOKUP_SET, Set);
        if ((Anonymous is null ? sets.Find(Set) : sets.TakeAnonymous()) is { } id)
            writer.WriteUInt32BigEndian(NfTables.NFTA_LOOKUP_SET_ID, id);
        if (IsInverted)
            writer.WriteUInt32BigEndian(NfTables.NFTA_LOOKUP_FLAGS, NfTables.NFT_LOOKUP_F_INV);
    }

    internal static NftExpression? Read(AttributeReader data)
    {
        uint? source = null, destination = null;
        uint flags = 0;
        string? set = null;
        while (data.Read())
        {
            switch (data.Type)
            {
                case NfTables.NFTA_LOOKUP_SREG:
                    source = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_LOOKUP_DREG:
                    destination = data.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_LOOKUP_SET:
                    set = data.GetString();
                    break;
                case NfTables.NFTA_LOOKUP_FLAGS:
                    flags = data.GetUInt32BigEndian();
                    break;
            }
        }

        return (source, set, flags) is ({ } s, { } name, 0 or NfTables.NFT_LOOKUP_F_INV)
            ? new LookupExpression(s, name) { Destination = destination, IsInverted = flags != 0 }
            : null;
    }
}
