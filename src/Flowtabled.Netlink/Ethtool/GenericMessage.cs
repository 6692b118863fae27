using System.Runtime.InteropServices;

namespace Flowtabled.Netlink.Ethtool;

/// <summary>The fixed header of generic netlink messages (struct genlmsghdr, linux/genetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct GenericMessage(byte command, byte version)
{
    public const int Size = 4;

    public readonly byte Command = command;
    public readonly byte Version = version;
    private readonly ushort _reserved;
}
