using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>What kind of thing an <see cref="NftEvent"/> is about.</summary>
public enum NftEventSubject
{
    /// <summary>A table.</summary>
    Table,

    /// <summary>A chain.</summary>
    Chain,

    /// <summary>A rule.</summary>
    Rule,

    /// <summary>A set or map.</summary>
    Set,

    /// <summary>Elements of a set.</summary>
    Elements,

    /// <summary>A stateful object.</summary>
    StatefulObject,

    /// <summary>A flowtable, or devices of one.</summary>
    Flowtable,
}

/// <summary>A committed change of the ruleset. Valid while it is handled; nothing is allocated for it.</summary>
public readonly ref struct NftEvent
{
    // Every kind of message has the name of its table in attribute 1: NFTA_TABLE_NAME, NFTA_CHAIN_TABLE, NFTA_RULE_TABLE, NFTA_SET_TABLE,
    // NFTA_SET_ELEM_LIST_TABLE, NFTA_OBJ_TABLE, NFTA_FLOWTABLE_TABLE.
    private const int TableAttribute = NfTables.NFTA_TABLE_NAME;

    private NftEvent(NftEventSubject subject, bool isRemoval, NftFamily family, ReadOnlySpan<byte> table, uint port)
    {
        Subject = subject;
        IsRemoval = isRemoval;
        Family = family;
        Table = table;
        Port = port;
    }

    /// <summary>What it is about.</summary>
    public NftEventSubject Subject { get; }

    /// <summary>Whether it was deleted; else it is new or changed.</summary>
    public bool IsRemoval { get; }

    /// <summary>Family of the table.</summary>
    public NftFamily Family { get; }

    /// <summary>Name of the table, without its NUL.</summary>
    public ReadOnlySpan<byte> Table { get; }

    /// <summary>Port of the socket that asked for the change: <see cref="NftClient.Port"/> for one's own.</summary>
    public uint Port { get; }

    /// <summary>Whether it is about this table or something in it.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="name">The table's name in bytes.</param>
    public bool Concerns(NftFamily family, ReadOnlySpan<byte> name) => Family == family && Table.SequenceEqual(name);

    /// <summary>Reads a message; false for one that is no change of the ruleset: a new generation, a trace.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in MessageReader message, out NftEvent change)
    {
        change = default;
        if (!TryClassify(message.Header.Type, out var subject, out var isRemoval))
            return false;
        var family = (NftFamily)message.Fixed<NfGenMessage>().Family;
        ReadOnlySpan<byte> table = default;
        var attributes = message.Attributes(NfGenMessage.Size);
        while (attributes.Read())
        {
            if (attributes.Type != TableAttribute)
                continue;
            table = attributes.GetStringBytes();
            break; // It comes first; what follows may be thousands of elements.
        }

        change = new NftEvent(subject, isRemoval, family, table, message.Header.Port);
        return true;
    }

    private static bool TryClassify(ushort type, out NftEventSubject subject, out bool isRemoval)
    {
        (var isChange, subject, isRemoval) = (type - (NfNetlink.NFNL_SUBSYS_NFTABLES << 8)) switch
        {
            NfTables.NFT_MSG_NEWTABLE => (true, NftEventSubject.Table, false),
            NfTables.NFT_MSG_DELTABLE => (true, NftEventSubject.Table, true),
            NfTables.NFT_MSG_NEWCHAIN => (true, NftEventSubject.Chain, false),
            NfTables.NFT_MSG_DELCHAIN => (true, NftEventSubject.Chain, true),
            NfTables.NFT_MSG_NEWRULE => (true, NftEventSubject.Rule, false),
            NfTables.NFT_MSG_DELRULE => (true, NftEventSubject.Rule, true),
            NfTables.NFT_MSG_NEWSET => (true, NftEventSubject.Set, false),
            NfTables.NFT_MSG_DELSET => (true, NftEventSubject.Set, true),
            NfTables.NFT_MSG_NEWSETELEM => (true, NftEventSubject.Elements, false),
            NfTables.NFT_MSG_DELSETELEM => (true, NftEventSubject.Elements, true),
            NfTables.NFT_MSG_NEWOBJ => (true, NftEventSubject.StatefulObject, false),
            NfTables.NFT_MSG_DELOBJ => (true, NftEventSubject.StatefulObject, true),
            NfTables.NFT_MSG_NEWFLOWTABLE => (true, NftEventSubject.Flowtable, false),
            NfTables.NFT_MSG_DELFLOWTABLE => (true, NftEventSubject.Flowtable, true),
            _ => (false, default, false),
        };
        return isChange;
    }
}
