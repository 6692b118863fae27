using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Nftables.Expressions;

/// <summary>A rule's expressions on the wire: a list of nests with name and data.</summary>
internal static class NftExpressionList
{
    public static void Write(MessageWriter writer, ValueArray<NftExpression> expressions, NftSetIds sets)
    {
        var list = writer.BeginNest(NfTables.NFTA_RULE_EXPRESSIONS);
        foreach (var expression in expressions)
        {
            writer.Mark(expression.Place.Kind, expression.Place.Name);
            var element = writer.BeginNest(NfTables.NFTA_LIST_ELEM);
            writer.WriteString(NfTables.NFTA_EXPR_NAME, expression.Name);
            var data = writer.BeginNest(NfTables.NFTA_EXPR_DATA);
            expression.Write(writer, sets);
            writer.EndNest(data);
            writer.EndNest(element);
        }

        writer.EndNest(list);
    }

    public static ValueArray<NftExpression> Read(AttributeReader list)
    {
        var expressions = new List<NftExpression>();
        while (list.Read())
        {
            if (list.Type == NfTables.NFTA_LIST_ELEM)
                expressions.Add(ReadOne(list.GetNested()));
        }

        return new ValueArray<NftExpression>([.. expressions]);
    }

    private static NftExpression ReadOne(AttributeReader element)
    {
        var name = "";
        var data = default(AttributeReader);
        ReadOnlySpan<byte> raw = [];
        while (element.Read())
        {
            switch (element.Type)
            {
                case NfTables.NFTA_EXPR_NAME:
                    name = element.GetString();
                    break;
                case NfTables.NFTA_EXPR_DATA:
                    data = element.GetNested();
                    raw = element.Value;
                    break;
            }
        }

        return ReadKnown(name, data) ?? new UnknownExpression(name, [.. raw]);
    }

    private static NftExpression? ReadKnown(string name, AttributeReader data) => name switch
    {
        MetaExpression.KernelName => MetaExpression.Read(data),
        CtExpression.KernelName => CtExpression.Read(data),
        CompareExpression.KernelName => CompareExpression.Read(data),
        RangeExpression.KernelName => RangeExpression.Read(data),
        BitwiseExpression.KernelName => BitwiseExpression.Read(data),
        PayloadExpression.KernelName => PayloadExpression.Read(data),
        LookupExpression.KernelName => LookupExpression.Read(data),
        CounterExpression.KernelName => CounterExpression.Read(data),
        ImmediateExpression.KernelName => ImmediateExpression.Read(data),
        FlowOffloadExpression.KernelName => FlowOffloadExpression.Read(data),
        _ => null,
    };
}
