using Flowtabled.Netlink.Nftables.Expressions;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables;

/// <summary>Sets and their elements.</summary>
public sealed partial class NftBatch
{
    /// <summary>
    /// Makes a set without elements. The kernel refuses: EEXIST where it is there as another, or at all with <paramref name="exclusive"/>.
    /// </summary>
    public void Add(NftSet set, bool exclusive = false) => WriteSet(set, exclusive, _sets.Add(set));

    /// <summary>Deletes a set. The kernel refuses: ENOENT, EBUSY while a rule looks it up.</summary>
    public void DeleteSet(NftTableName table, string set)
    {
        var writer = Begin(NfTables.NFT_MSG_DELSET, 0, table.Family, $"delete set {table} {set}", out var message);
        SetCodec.WriteName(writer, table, set);
        writer.End(message);
    }

    /// <summary>
    /// Adds elements, in as many messages as they take. The kernel refuses: EEXIST for one that overlaps another range, or is there at all
    /// with <paramref name="exclusive"/>.
    /// </summary>
    /// <param name="set">Their set: what is needed of it is its name and flags.</param>
    /// <param name="elements">The elements; ranges must not overlap.</param>
    /// <param name="exclusive">Whether each must be new.</param>
    public void AddElements(NftSet set, ReadOnlySpan<NftSetElement> elements, bool exclusive = false)
    {
        var id = _sets.Find(set);
        var operation = $"add elements to set {set}";
        WriteElements(set, elements, NfTables.NFT_MSG_NEWSETELEM, Create(exclusive), id, isFirst: _sets.TakeEmpty(set), operation);
    }

    /// <summary>Deletes elements, in as many messages as they take. The kernel refuses: ENOENT for one that is not there.</summary>
    public void DeleteElements(NftSet set, ReadOnlySpan<NftSetElement> elements)
    {
        var operation = $"delete elements of set {set}";
        WriteElements(set, elements, NfTables.NFT_MSG_DELSETELEM, 0, id: null, isFirst: false, operation);
    }

    /// <summary>Deletes all elements of a set.</summary>
    public void FlushSet(NftTableName table, string set)
    {
        var writer = Begin(NfTables.NFT_MSG_DELSETELEM, 0, table.Family, $"flush set {table} {set}", out var message);
        SetElementCodec.WriteName(writer, table, set);
        writer.End(message);
    }

    private void WriteSet(NftSet set, bool exclusive, uint id)
    {
        var writer = Begin(
            NfTables.NFT_MSG_NEWSET, Create(exclusive), set.Table.Family, $"add set {set}", out var message);
        SetCodec.Write(writer, set, id);
        writer.End(message);
    }

    private void WriteElements(
        NftSet set, ReadOnlySpan<NftSetElement> elements, int type, int flags, uint? id, bool isFirst, string operation)
    {
        for (var next = 0; next < elements.Length; isFirst = false)
        {
            var writer = Begin(type, flags, set.Table.Family, operation, out var message);
            SetElementCodec.WriteName(writer, set.Table, set.Name);
            if (id is { } number)
                writer.WriteUInt32BigEndian(NfTables.NFTA_SET_ELEM_LIST_SET_ID, number);
            SetElementCodec.Write(writer, set, elements, ref next, isFirst);
            writer.End(message);
        }
    }

    private void AddAnonymousSets(NftRule rule)
    {
        foreach (var expression in rule.Expressions)
        {
            if (expression is not LookupExpression { Anonymous: { } anonymous })
                continue;
            var set = new NftSet(rule.Table, LookupExpression.AnonymousName, anonymous.Key)
            {
                Flags = NftSetFlags.Anonymous | NftSetFlags.Constant | (anonymous.IsInterval ? NftSetFlags.Interval : 0),
                AutoMerge = anonymous.IsInterval,
            };
            set = set with { Size = (uint)SetElementCodec.Count(set, anonymous.Elements.Span) };
            var id = _sets.AddAnonymous();
            WriteSet(set, exclusive: false, id);
            var operation = $"add elements to an anonymous set of {rule.Table}";
            WriteElements(
                set, anonymous.Elements.Span, NfTables.NFT_MSG_NEWSETELEM, Create(exclusive: false), id, isFirst: true, operation);
        }
    }
}
