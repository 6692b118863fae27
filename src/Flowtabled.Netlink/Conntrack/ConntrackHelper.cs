using System.Runtime.InteropServices;
using System.Text;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>Name of the helper that reads along (CTA_HELP_NAME), by value: "ftp", "sip-5060"; empty without one.</summary>
public readonly struct ConntrackHelper
{
    private const int MaximumSize = 16; // NF_CT_HELPER_NAME_LEN, with the NUL at its end

    private readonly UInt128 _bytes; // as they stand in memory, zeroes after them

    private ConntrackHelper(UInt128 bytes) => _bytes = bytes;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _bytes == 0;

    /// <summary>Reads the nest CTA_HELP's name, the current attribute of <paramref name="attribute"/>.</summary>
    /// <exception cref="NetlinkFormatException">It is longer than the kernel's names are.</exception>
    internal static ConntrackHelper Read(in AttributeReader attribute)
    {
        var name = attribute.GetStringBytes();
        if (name.Length > MaximumSize)
            throw attribute.Fault($"a helper's name of more than {MaximumSize} bytes");
        var bytes = default(UInt128);
        name.CopyTo(MemoryMarshal.AsBytes(new Span<UInt128>(ref bytes)));
        return new ConntrackHelper(bytes);
    }

    /// <summary>The name, one char for each byte (Latin-1).</summary>
    public override string ToString()
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in _bytes));
        var end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
