using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>What an event says about a device.</summary>
public enum LinkEventKind
{
    /// <summary>It is new, or something about it changed: name, flags, carrier, master, address...</summary>
    Changed,

    /// <summary>It is gone: deleted, or moved to another namespace.</summary>
    Removed,

    /// <summary>A qdisc of it came, changed or went.</summary>
    TrafficControlChanged,
}

/// <summary>A change of a device, as RTNLGRP_LINK and RTNLGRP_TC tell it. Valid while it is handled; nothing is allocated for it.</summary>
public readonly ref struct LinkEvent
{
    private LinkEvent(LinkEventKind kind, int index, ushort hardwareType, LinkFlags flags, ReadOnlySpan<byte> name, int? master)
    {
        Kind = kind;
        Index = index;
        HardwareType = hardwareType;
        Flags = flags;
        Name = name;
        Master = master;
    }

    /// <summary>What happened.</summary>
    public LinkEventKind Kind { get; }

    /// <summary>Index of the device.</summary>
    public int Index { get; }

    /// <summary>ARPHRD_* as in <see cref="Link.HardwareType"/>; 0 for <see cref="LinkEventKind.TrafficControlChanged"/>.</summary>
    public ushort HardwareType { get; }

    /// <summary>Flags after the change; none for <see cref="LinkEventKind.TrafficControlChanged"/>.</summary>
    public LinkFlags Flags { get; }

    /// <summary>The name's bytes after the change (a rename keeps the index); empty for <see cref="LinkEventKind.TrafficControlChanged"/>.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>IFLA_MASTER after the change: index of the bridge, bond or VRF that it is a port of, or null.</summary>
    public int? Master { get; }

    /// <summary>Reads a message; false for one that tells nothing about a device itself.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in MessageReader message, out LinkEvent change)
    {
        change = default;
        switch ((int)message.Header.Type)
        {
            case RtNetlink.RTM_NEWLINK:
                return TryReadLink(in message, LinkEventKind.Changed, out change);
            case RtNetlink.RTM_DELLINK:
                return TryReadLink(in message, LinkEventKind.Removed, out change);
            case RtNetlink.RTM_NEWQDISC:
            case RtNetlink.RTM_DELQDISC:
                var index = message.Fixed<TrafficControlMessage>().Index;
                change = new LinkEvent(LinkEventKind.TrafficControlChanged, index, 0, LinkFlags.None, default, null);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadLink(scoped in MessageReader message, LinkEventKind kind, out LinkEvent change)
    {
        change = default;
        var header = message.Fixed<InterfaceInfoMessage>();
        // Bridges report their ports here too (AF_BRIDGE): there RTM_DELLINK only means that a device left the bridge, and the device's own
        // RTM_NEWLINK, with another master, follows.
        if (header.Family != 0)
            return false;

        ReadOnlySpan<byte> name = default;
        int? master = null;
        var attributes = message.Attributes(InterfaceInfoMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case IfLink.IFLA_IFNAME:
                    name = attributes.GetStringBytes();
                    break;
                case IfLink.IFLA_MASTER:
                    master = attributes.GetInt32();
                    break;
            }
        }

        change = new LinkEvent(kind, header.Index, header.HardwareType, (LinkFlags)header.Flags, name, master);
        return true;
    }
}
