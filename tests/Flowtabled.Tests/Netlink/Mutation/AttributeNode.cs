using System.Runtime.InteropServices;

namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>An attribute as a tree, to be changed and written again with lengths that fit.</summary>
internal sealed class AttributeNode(ushort type, byte[] value, List<AttributeNode>? children)
{
    private const int HeaderSize = 4;
    private const int NestedFlag = 0x8000;
    private const int TypeMask = 0x3fff;

    /// <summary>nla_type, flags included.</summary>
    public ushort Type { get; set; } = type;

    /// <summary>The value of a leaf.</summary>
    public byte[] Value { get; set; } = value;

    /// <summary>What a nest holds; null for a leaf.</summary>
    public List<AttributeNode>? Children { get; set; } = children;

    public AttributeNode Clone() => new(Type, [.. Value], Children?.ConvertAll(child => child.Clone()));

    /// <summary>Itself and all below it.</summary>
    public IEnumerable<AttributeNode> Descend() => [this, .. Children?.SelectMany(child => child.Descend()) ?? []];

    /// <summary>The value, or what the nest holds, as bytes.</summary>
    public byte[] Content()
    {
        if (Children is null)
            return Value;
        var content = new List<byte>();
        foreach (var child in Children)
            child.Write(content);
        return [.. content];
    }

    public void Write(List<byte> output)
    {
        // What no longer fits into 16 bits of length is cut: a length must never lie.
        var content = Content().AsSpan();
        content = content[..Math.Min(content.Length, ushort.MaxValue - HeaderSize)];
        output.AddRange(MemoryMarshal.AsBytes<ushort>([(ushort)(HeaderSize + content.Length), Type]));
        output.AddRange(content);
        output.AddRange(new byte[-content.Length & 3]);
    }

    /// <summary>The attributes in <paramref name="data"/>; null when it is something else.</summary>
    public static List<AttributeNode>? TryParse(ReadOnlySpan<byte> data)
    {
        var attributes = new List<AttributeNode>();
        while (!data.IsEmpty)
        {
            if (data.Length < HeaderSize)
                return null;
            int length = MemoryMarshal.Read<ushort>(data);
            var type = MemoryMarshal.Read<ushort>(data[2..]);
            if (length < HeaderSize || length > data.Length)
                return null;
            var value = data[HeaderSize..length];
            attributes.Add(new AttributeNode(type, value.ToArray(), TryParseNest(type, value)));
            data = data[Math.Min((length + 3) & ~3, data.Length)..];
        }

        return attributes;
    }

    private static bool HasSmallNumber(AttributeNode attribute) => (attribute.Type & TypeMask) is > 0 and < 64;

    // Many interfaces nest without the flag: what reads as attributes with small numbers is taken for a nest.
    private static List<AttributeNode>? TryParseNest(ushort type, ReadOnlySpan<byte> value)
    {
        if ((type & NestedFlag) == 0 && value.Length <= HeaderSize)
            return null;
        var children = TryParse(value);
        var isNest = (type & NestedFlag) != 0 || children is { Count: > 0 } && children.TrueForAll(HasSmallNumber);
        return isNest ? children : null;
    }
}
