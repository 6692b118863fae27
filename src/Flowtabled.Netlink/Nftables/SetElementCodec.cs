using System.Runtime.InteropServices;
using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>
/// Elements on the wire (enum nft_set_elem_attributes, linux/netfilter/nf_tables.h). A range is two elements there, the second flagged as
/// an exclusive end, unless the set is a concatenation: then one element has both ends, inclusive.
/// </summary>
internal static class SetElementCodec
{
    // A nest holds 65,535 bytes; an element takes at most a few hundred.
    private const int ListSize = 60 * 1024;

    /// <summary>One element as the kernel has it: of a pair, the end is an element of its own.</summary>
    public sealed record Raw(NftSetElement Element, bool IsEnd);

    public static void WriteName(MessageWriter writer, NftTableName table, string set)
    {
        writer.Mark("table", table.Name);
        writer.WriteString(NfTables.NFTA_SET_ELEM_LIST_TABLE, table.Name);
        writer.Mark("set", set);
        writer.WriteString(NfTables.NFTA_SET_ELEM_LIST_SET, set);
    }

    /// <summary>Writes elements from <paramref name="next"/> on until all are written or the list is full.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="set">Their set.</param>
    /// <param name="elements">The elements; ranges by key.</param>
    /// <param name="next">The first to write; afterwards the first that was not written.</param>
    /// <param name="isFirst">
    /// Whether the set was empty. Where its first range does not begin at zero, nft says with an end at zero that what comes before is not
    /// in it.
    /// </param>
    public static void Write(MessageWriter writer, NftSet set, ReadOnlySpan<NftSetElement> elements, ref int next, bool isFirst)
    {
        var list = writer.BeginNest(NfTables.NFTA_SET_ELEM_LIST_ELEMENTS);
        var start = writer.Length;
        ushort number = 0;
        if (isFirst && set.HasPairs && !BeginsAtZero(elements[next]))
            WriteEnd(writer, ++number, new ValueArray<byte>(new byte[elements[next].Key.Count]));
        for (; next < elements.Length && writer.Length - start < ListSize; next++)
        {
            var element = elements[next];
            if (!set.HasPairs)
            {
                WriteElement(writer, ++number, set, element, isOpen: false);
                continue;
            }

            var end = ByteRange.Next(element.Last ?? element.Key);
            WriteElement(writer, ++number, set, element, isOpen: end is null);
            if (end is { } value)
                WriteEnd(writer, ++number, value);
        }

        writer.EndNest(list);
    }

    /// <summary>
    /// How many elements the kernel will have after <see cref="Write"/> into an empty set: what a set of fixed size must have room for.
    /// </summary>
    public static int Count(NftSet set, ReadOnlySpan<NftSetElement> elements)
    {
        var count = elements.Length;
        if (!set.HasPairs || count == 0)
            return count;
        count += BeginsAtZero(elements[0]) ? 0 : 1;
        foreach (var element in elements)
            count += ByteRange.Next(element.Last ?? element.Key) is null ? 0 : 1;
        return count;
    }

    /// <summary>Reads the elements of one message into <paramref name="elements"/>.</summary>
    public static void Read(scoped in MessageReader message, List<Raw> elements)
    {
        var attributes = NftMessage.Attributes(in message);
        while (attributes.Read())
        {
            if (attributes.Type != NfTables.NFTA_SET_ELEM_LIST_ELEMENTS)
                continue;
            var list = attributes.GetNested();
            while (list.Read())
                ReadElement(list.GetNested(), elements);
        }
    }

    /// <summary>The elements of a set, by key, pairs put together.</summary>
    public static ValueArray<NftSetElement> Assemble(NftSet set, List<Raw> raw)
    {
        CollectionsMarshal.AsSpan(raw).Sort(static (left, right) => left.Element.Key.Span.SequenceCompareTo(right.Element.Key.Span) switch
        {
            0 => right.IsEnd.CompareTo(left.IsEnd), // Of two ranges that touch, the one ends before the other begins.
            var order => order,
        });
        var elements = new List<NftSetElement>(raw.Count);
        var isOpen = false;
        foreach (var (element, isEnd) in raw)
        {
            // In a constant set nft leaves out the end of a range where the next one begins.
            if (set.HasPairs && isOpen)
                elements[^1] = elements[^1] with { Last = Range(elements[^1].Key, ByteRange.Previous(element.Key)) };
            isOpen = !isEnd;
            if (!isEnd)
                elements.Add(element);
        }

        if (set.HasPairs && isOpen)
            elements[^1] = elements[^1] with { Last = Range(elements[^1].Key, ByteRange.Highest(elements[^1].Key)) };
        return new ValueArray<NftSetElement>([.. elements]);
    }

    private static bool BeginsAtZero(NftSetElement element) => !element.Key.Span.ContainsAnyExcept((byte)0);

    // A range of one is no range.
    private static ValueArray<byte>? Range(ValueArray<byte> first, ValueArray<byte>? last) => last == first ? null : last;

    private static void WriteElement(MessageWriter writer, ushort number, NftSet set, NftSetElement element, bool isOpen)
    {
        writer.Mark("element", Show(element.Key));
        var nest = writer.BeginNest(number);
        if (element.Timeout != TimeSpan.Zero)
            writer.WriteUInt64BigEndian(NfTables.NFTA_SET_ELEM_TIMEOUT, (ulong)element.Timeout.TotalMilliseconds);
        NftData.WriteValue(writer, NfTables.NFTA_SET_ELEM_KEY, element.Key);
        if ((set.Flags & (NftSetFlags.Interval | NftSetFlags.Concatenation)) == (NftSetFlags.Interval | NftSetFlags.Concatenation))
            NftData.WriteValue(writer, NfTables.NFTA_SET_ELEM_KEY_END, element.Last ?? element.Key);
        if (element.Comment is not null || isOpen)
        {
            var data = new MessageBuffer(64);
            if (element.Comment is not null)
                NftUserData.WriteComment(data, NftUserData.NFTNL_UDATA_COMMENT, element.Comment);
            if (isOpen)
                NftUserData.Write(data, NftUserData.NFTNL_UDATA_SET_ELEM_FLAGS, NftUserData.SET_ELEM_F_INTERVAL_OPEN);
            writer.WriteBytes(NfTables.NFTA_SET_ELEM_USERDATA, data.Written);
        }

        writer.EndNest(nest);
    }

    private static void WriteEnd(MessageWriter writer, ushort number, ValueArray<byte> key)
    {
        var nest = writer.BeginNest(number);
        writer.WriteUInt32BigEndian(NfTables.NFTA_SET_ELEM_FLAGS, NfTables.NFT_SET_ELEM_INTERVAL_END);
        NftData.WriteValue(writer, NfTables.NFTA_SET_ELEM_KEY, key);
        writer.EndNest(nest);
    }

    private static void ReadElement(AttributeReader attributes, List<Raw> elements)
    {
        uint flags = 0;
        ulong timeout = 0, expiration = 0;
        string? comment = null;
        ValueArray<byte>? key = null, last = null;
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case NfTables.NFTA_SET_ELEM_KEY:
                    key = NftData.ReadValue(attributes.GetNested());
                    break;
                case NfTables.NFTA_SET_ELEM_KEY_END:
                    last = NftData.ReadValue(attributes.GetNested());
                    break;
                case NfTables.NFTA_SET_ELEM_FLAGS:
                    flags = attributes.GetUInt32BigEndian();
                    break;
                case NfTables.NFTA_SET_ELEM_TIMEOUT:
                    timeout = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_SET_ELEM_EXPIRATION:
                    expiration = attributes.GetUInt64BigEndian();
                    break;
                case NfTables.NFTA_SET_ELEM_USERDATA:
                    comment = NftUserData.FindComment(attributes.Value, NftUserData.NFTNL_UDATA_COMMENT);
                    break;
            }
        }

        if (key is not { } value)
            return; // The catch-all element of a set of others'.
        var element = new NftSetElement(value)
        {
            Last = Range(value, last),
            Timeout = Milliseconds.Read(timeout),
            Expiration = Milliseconds.Read(expiration),
            Comment = comment,
        };
        elements.Add(new Raw(element, (flags & NfTables.NFT_SET_ELEM_INTERVAL_END) != 0));
    }

    // The name of a device reads better than its bytes.
    private static string Show(ValueArray<byte> key) => NftValue.ToInterfaceName(key) ?? key.ToString();
}
