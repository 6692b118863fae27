namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>One change to a message that leaves every length consistent, so that decoders get to see it beyond their first check.</summary>
/// <param name="Kind">What to do; taken modulo the number of kinds.</param>
/// <param name="Where">To which attribute; taken modulo their number.</param>
/// <param name="What">With which value.</param>
internal readonly record struct Mutation(int Kind, int Where, int What)
{
    private static readonly Action<MessageNode, AttributeNode, int>[] Kinds =
    [
        (_, attribute, what) => Change(attribute, value => value[what % value.Length] = (byte)(what >> 8)),
        (_, attribute, what) => Change(attribute, value => value[what % value.Length] ^= (byte)(1 << (what >> 8) % 8)),
        (_, attribute, what) => Change(attribute, value => value.AsSpan().Fill((what % 3) switch { 0 => 0, 1 => 0xff, _ => 0x7f })),
        (_, attribute, what) => Resize(attribute, what % (attribute.Content().Length + 1)),
        (_, attribute, what) => Resize(attribute, attribute.Content().Length + 1 + what % 70),
        (_, attribute, _) => Resize(attribute, 0),
        (_, attribute, what) => attribute.Type = (ushort)((attribute.Type & 0xc000) | what % 48),
        (_, attribute, what) => attribute.Type = (ushort)(attribute.Type ^ (0x4000 << what % 2)),
        (message, attribute, _) => SiblingsOf(message, attribute).Remove(attribute),
        (message, attribute, _) => SiblingsOf(message, attribute).Add(attribute.Clone()),
        (message, attribute, what) => Graft(attribute, Pick(message, what).Clone()),
        (message, attribute, what) => SiblingsOf(message, attribute).Add(Pick(message, what).Clone()),
        (_, attribute, _) => (attribute.Value, attribute.Children) = (attribute.Content(), null),
        (_, attribute, _) => attribute.Children = [attribute.Clone()],
        (_, attribute, what) => Lie(attribute, what),
        (message, _, what) => message.FixedHeader = Resized(message.FixedHeader, what % (message.FixedHeader.Length + 5)),
        (message, _, what) => message.FixedHeader = Changed(message.FixedHeader, what),
        (message, _, what) => message.Flags = (ushort)what,
        (message, _, what) => message.Type = (ushort)((message.Type & 0xff00) | what % 40),
    ];

    public void Apply(MessageNode message)
    {
        // What is in a message without attributes can only be changed in its fixed header.
        if (message.AllAttributes is { Count: > 0 } attributes)
            Kinds[Kind % Kinds.Length](message, attributes[Where % attributes.Count], What);
        else
            message.FixedHeader = Changed(message.FixedHeader, What);
    }

    private static AttributeNode Pick(MessageNode message, int what) => message.AllAttributes[what % message.AllAttributes.Count];

    private static List<AttributeNode> SiblingsOf(MessageNode message, AttributeNode attribute) =>
        message.AllAttributes.FirstOrDefault(parent => parent.Children?.Contains(attribute) == true)?.Children ?? message.Attributes;

    private static void Change(AttributeNode attribute, Action<byte[]> change)
    {
        if (attribute.Children is null && attribute.Value.Length > 0)
            change(attribute.Value);
    }

    private static void Resize(AttributeNode attribute, int size) =>
        (attribute.Value, attribute.Children) = (Resized(attribute.Content(), size), null);

    private static void Graft(AttributeNode attribute, AttributeNode other) =>
        (attribute.Value, attribute.Children) = (other.Value, other.Children);

    // The length of the first attribute inside lies; those around it do not.
    private static void Lie(AttributeNode attribute, int what)
    {
        var content = attribute.Content();
        if (content.Length >= 2)
            (content[0], content[1]) = ((byte)what, (byte)(what >> 8 & 3));
        (attribute.Value, attribute.Children) = (content, null);
    }

    private static byte[] Resized(byte[] bytes, int size)
    {
        Array.Resize(ref bytes, size);
        return bytes;
    }

    private static byte[] Changed(byte[] bytes, int what)
    {
        if (bytes.Length > 0)
            bytes[what % bytes.Length] = (byte)(what >> 8);
        return bytes;
    }
}
