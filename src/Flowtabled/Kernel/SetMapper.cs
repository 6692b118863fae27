using System.Buffers.Binary;
using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Planning;
using Flowtabled.Netlink.Nftables;

namespace Flowtabled.Kernel;

/// <summary>Between the engine's sets and the kernel's, both ways: what is written here is recognised here.</summary>
internal static class SetMapper
{
    /// <summary>A set of ours.</summary>
    public static NftSet ToKernel(string table, string set, SetType type)
    {
        var id = BatchMapper.Inet(table);
        return type switch
        {
            SetType.InterfaceName => new NftSet(id, set, NftSetKey.Of(NftDataType.InterfaceName)),
            SetType.Address4 => new NftSet(id, set, NftSetKey.Of(NftDataType.Ipv4Address)) { Flags = NftSetFlags.Interval },
            SetType.Address6 => new NftSet(id, set, NftSetKey.Of(NftDataType.Ipv6Address)) { Flags = NftSetFlags.Interval },
            SetType.Port => new NftSet(id, set, NftSetKey.Of(NftDataType.InetService)) { Flags = NftSetFlags.Interval },
            SetType.Connection4 => Timed(id, set, NftDataType.Ipv4Address),
            SetType.Connection6 => Timed(id, set, NftDataType.Ipv6Address),
            _ => throw new NotSupportedException($"no set of {type}"),
        };
    }

    /// <summary>The elements of a set of this type, as <see cref="SetSpec.Elements"/> has them.</summary>
    public static NftSetElement[] ToKernel(SetType type, ImmutableArray<string> elements) => [.. elements.Select(text => ToKernel(type, text))];

    /// <summary>The set that was found; null where it is none that the engine has words for.</summary>
    public static SetSpec? FromKernel(NftSetContent content)
    {
        foreach (var type in (ReadOnlySpan<SetType>)
            [SetType.InterfaceName, SetType.Address4, SetType.Address6, SetType.Port, SetType.Connection4, SetType.Connection6])
        {
            var wanted = ToKernel(content.Set.Table.Name, content.Set.Name, type);
            // The kernel tells fields of sets of intervals alone.
            if (content.Set with { Handle = 0 } != wanted with { Key = wanted.Key with { Fields = [] } })
                continue;
            return FromKernel(type, wanted.Key.Length, content.Elements) is { } elements ? new SetSpec(content.Set.Name, type, [.. elements]) : null;
        }

        return null;
    }

    private static NftSet Timed(NftTableName table, string set, NftDataType address) =>
        new(table, set, NftSetKey.Concatenate(address, address, NftDataType.InetProtocol, NftDataType.InetService, NftDataType.InetService))
        {
            Flags = NftSetFlags.Timeout,
            Size = SetSpec.MaxTimed,
        };

    private static NftSetElement ToKernel(SetType type, string text)
    {
        if (type == SetType.InterfaceName)
            return new NftSetElement(NftValue.InterfaceName(text));
        if (type == SetType.Port)
        {
            var ports = PortRange.TryParse(text)!;
            return Range(NftValue.Network(ports.First), NftValue.Network(ports.Last));
        }

        // A range that no prefix says is not ours, and may have to go.
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = (HostRange.TryParse(dash < 0 ? text : text[..dash])!, HostRange.TryParse(text[(dash + 1)..])!);
        return Range([.. first.First], [.. last.Last]);
    }

    private static NftSetElement Range(ValueArray<byte> first, ValueArray<byte> last) =>
        new(first) { Last = last == first ? null : last };

    private static List<string>? FromKernel(SetType type, uint length, ValueArray<NftSetElement> elements)
    {
        var texts = new List<string>();
        if (SetSpec.IsOfTimed(type))
            return texts;
        foreach (var element in elements)
        {
            if (element.Key.Count != length || (element.Last is { } end && end.Count != length))
                return null;
            var text = type switch
            {
                SetType.InterfaceName => NftValue.ToInterfaceName(element.Key),
                SetType.Port => Ports(element),
                _ => Hosts(element),
            };
            if (text is null)
                return null;
            texts.Add(text);
        }

        return texts;
    }

    private static string Ports(NftSetElement element) => new PortRange(
        BinaryPrimitives.ReadUInt16BigEndian(element.Key.Span), BinaryPrimitives.ReadUInt16BigEndian((element.Last ?? element.Key).Span)).ToString();

    private static string Hosts(NftSetElement element)
    {
        var last = element.Last ?? element.Key;
        return HostRange.Between(element.Key.Span, last.Span)?.ToString()
            ?? $"{HostRange.Between(element.Key.Span, element.Key.Span)}-{HostRange.Between(last.Span, last.Span)}";
    }
}
