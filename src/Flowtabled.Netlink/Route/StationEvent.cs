using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Where a station is reached: by value, nothing is allocated for it (RTM_NEWNEIGH).</summary>
/// <param name="Device">Index of the device: for a bridge's entry the port, for a neighbour the device that has the network.</param>
/// <param name="Station">Its Ethernet address.</param>
/// <param name="Address">Its IP address; null for a bridge's entry.</param>
/// <param name="Bridge">Index of the bridge whose entry it is; null for a neighbour.</param>
/// <param name="Vlan">The VLAN of a bridge that tells them apart; 0 for any other.</param>
public readonly record struct StationEvent(int Device, MacAddress Station, InetAddress? Address, int? Bridge, ushort Vlan)
{
    // States in which the kernel sends to the address that it has.
    private const int Known = Neighbour.NUD_REACHABLE | Neighbour.NUD_STALE | Neighbour.NUD_DELAY | Neighbour.NUD_PROBE | Neighbour.NUD_PERMANENT;

    /// <summary>Reads a message, of a dump or an event; false for one that tells of no station: of the router's own addresses, for one.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in MessageReader message, out StationEvent station)
    {
        station = default;
        if (message.Header.Type != RtNetlink.RTM_NEWNEIGH)
            return false;
        var header = message.Fixed<NeighbourMessage>();
        MacAddress? mac = null;
        InetAddress? address = null;
        int? bridge = null;
        ushort vlan = 0;
        var attributes = message.Attributes(NeighbourMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case Neighbour.NDA_LLADDR:
                    mac = MacAddress.FromBytes(attributes.Value);
                    break;
                case Neighbour.NDA_DST when header.Family is AddressFamily.AF_INET:
                    address = InetAddress.FromBytes(attributes.GetBytes(4));
                    break;
                case Neighbour.NDA_DST when header.Family is AddressFamily.AF_INET6:
                    address = InetAddress.FromBytes(attributes.GetBytes(16));
                    break;
                case Neighbour.NDA_MASTER:
                    bridge = attributes.GetInt32();
                    break;
                case Neighbour.NDA_VLAN:
                    vlan = attributes.GetUInt16();
                    break;
            }
        }

        if (mac is not { } known || !IsOfAStation(in header, address, bridge))
            return false;
        station = new StationEvent(header.Index, known, address, bridge, vlan);
        return true;
    }

    // A bridge keeps the addresses of its own ports as permanent entries, and those that a driver has by itself (NTF_SELF) are no bridge's.
    private static bool IsOfAStation(in NeighbourMessage header, InetAddress? address, int? bridge) =>
        header.Family == AddressFamily.AF_BRIDGE
            ? bridge is not null && (header.State & Neighbour.NUD_PERMANENT) == 0
            : address is not null && (header.State & Known) != 0;
}
