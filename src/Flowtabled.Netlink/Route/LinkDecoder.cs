using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>Reads an RTM_NEWLINK message in full, for dumps. Events are read by <see cref="LinkEvent"/>.</summary>
internal static class LinkDecoder
{
    /// <exception cref="NetlinkFormatException">The message is malformed, or lacks an index or a name.</exception>
    public static bool TryDecode(scoped in MessageReader message, out Link link)
    {
        var header = message.Fixed<InterfaceInfoMessage>();
        string? name = null, qdisc = null;
        int? ifLink = null, master = null;
        var (mtu, state, carrier, elsewhere, hasSwitchId) = (0, OperationalState.Unknown, false, false, false);
        MacAddress? address = null;
        var info = default(LinkInfo);

        var attributes = message.Attributes(InterfaceInfoMessage.Size);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case IfLink.IFLA_IFNAME:
                    name = attributes.GetString();
                    break;
                case IfLink.IFLA_MTU:
                    mtu = attributes.GetInt32();
                    break;
                case IfLink.IFLA_OPERSTATE:
                    state = (OperationalState)attributes.GetByte();
                    break;
                case IfLink.IFLA_CARRIER:
                    carrier = attributes.GetByte() != 0;
                    break;
                case IfLink.IFLA_ADDRESS:
                    address = MacAddress.FromBytes(attributes.Value);
                    break;
                case IfLink.IFLA_LINK:
                    ifLink = IndexOrNull(attributes);
                    break;
                case IfLink.IFLA_LINK_NETNSID:
                    elsewhere = true;
                    break;
                case IfLink.IFLA_MASTER:
                    master = IndexOrNull(attributes);
                    break;
                case IfLink.IFLA_QDISC:
                    qdisc = attributes.GetString();
                    break;
                case IfLink.IFLA_PHYS_SWITCH_ID:
                    hasSwitchId = true;
                    break;
                case IfLink.IFLA_LINKINFO:
                    info = ReadInfo(attributes.GetNested());
                    break;
            }
        }

        if (header.Index <= 0)
            throw Fault(in message, $"link index {header.Index}");
        if (string.IsNullOrEmpty(name))
            throw Fault(in message, $"link {header.Index} has no name");

        var lower = elsewhere || info.Kind is "veth" or "netkit" or "vxcan" ? null : ifLink;
        link = new Link
        {
            Index = header.Index,
            Name = name,
            HardwareType = header.HardwareType,
            Flags = (LinkFlags)header.Flags,
            Mtu = mtu,
            State = state,
            Carrier = carrier,
            Address = address,
            Kind = info.Kind,
            SlaveKind = info.SlaveKind,
            Master = master,
            Lower = lower,
            LowerIsElsewhere = elsewhere,
            Vlan = info.Vlan,
            DsaConduit = info.Kind switch
            {
                "dsa" => info.DsaConduit ?? lower,
                null when hasSwitchId => lower,
                _ => null,
            },
            Qdisc = qdisc,
        };
        return true;
    }

    private static LinkInfo ReadInfo(AttributeReader attributes)
    {
        var info = default(LinkInfo);
        var data = default(AttributeReader);
        while (attributes.Read())
        {
            switch (attributes.Type)
            {
                case IfLink.IFLA_INFO_KIND:
                    info.Kind = attributes.GetString();
                    break;
                case IfLink.IFLA_INFO_SLAVE_KIND:
                    info.SlaveKind = attributes.GetString();
                    break;
                case IfLink.IFLA_INFO_DATA:
                    data = attributes.GetNested(); // What its types mean depends on the kind.
                    break;
            }
        }

        switch (info.Kind)
        {
            case "vlan":
                info.Vlan = ReadVlan(data);
                break;
            case "dsa":
                info.DsaConduit = ReadConduit(data);
                break;
        }

        return info;
    }

    private static VlanTag? ReadVlan(AttributeReader data)
    {
        ushort? id = null;
        ushort protocol = 0x8100; // Kernels before 3.10 know no other and do not say.
        while (data.Read())
        {
            switch (data.Type)
            {
                case IfLink.IFLA_VLAN_ID:
                    id = data.GetUInt16();
                    break;
                case IfLink.IFLA_VLAN_PROTOCOL:
                    protocol = data.GetUInt16BigEndian();
                    break;
            }
        }

        return id is { } known ? new VlanTag(known, protocol) : null;
    }

    private static int? ReadConduit(AttributeReader data)
    {
        int? conduit = null;
        while (data.Read())
        {
            if (data.Type == IfLink.IFLA_DSA_CONDUIT)
                conduit = IndexOrNull(data);
        }

        return conduit;
    }

    // Unbound tunnels send IFLA_LINK 0.
    private static int? IndexOrNull(in AttributeReader attribute) => attribute.GetInt32() is > 0 and var index ? index : null;

    private static NetlinkFormatException Fault(scoped in MessageReader message, string reason) =>
        new(message.Header.Type, null, NetlinkHeader.Size, reason);

    private struct LinkInfo
    {
        public string? Kind;
        public string? SlaveKind;
        public VlanTag? Vlan;
        public int? DsaConduit;
    }
}
