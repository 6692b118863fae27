using System.Net;
using Flowtabled.Daemon;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Conntrack;

namespace Flowtabled.Tests.Daemon;

public sealed class StationsTests
{
    private const int Bridge = 10;
    private static readonly MacAddress Phone = new(0x020000000002);
    private static readonly MacAddress Tv = new(0x020000000003);

    private readonly Stations _stations = new();

    [Fact]
    public void A_station_that_is_seen_first_has_not_moved()
    {
        AtPort(Phone, 1);
        Has(Phone, "192.168.1.2");
        AtPort(Phone, 1);
        Has(Phone, "192.168.1.2");
        Assert.False(_stations.HaveMoved);
    }

    [Fact]
    public void One_at_another_port_has_moved_with_all_its_addresses()
    {
        AtPort(Phone, 1);
        Has(Phone, "192.168.1.2");
        Has(Phone, "2001:db8::2");
        Has(Tv, "192.168.1.3");

        AtPort(Phone, 2);

        Assert.True(_stations.HaveMoved);
        Assert.True(Concern("192.168.1.2", "198.51.100.1"));
        Assert.True(Concern("2001:db8::2", "2001:db8:100::1"));
        Assert.True(Concern("198.51.100.1", "192.168.1.2")); // It may be the end that answers.
        Assert.False(Concern("192.168.1.3", "198.51.100.1"));
    }

    [Fact]
    public void One_whose_addresses_nobody_knows_may_be_anybodys_end()
    {
        AtPort(Phone, 1);
        AtPort(Phone, 2);
        Assert.True(Concern("192.168.1.3", "198.51.100.1"));
    }

    [Fact]
    public void The_same_station_in_another_vlan_or_bridge_is_another_entry()
    {
        AtPort(Phone, 1);
        _stations.Learn(new StationEvent(2, Phone, null, Bridge, 7));
        _stations.Learn(new StationEvent(3, Phone, null, Bridge + 1, 0));
        Assert.False(_stations.HaveMoved);
    }

    [Fact]
    public void An_address_at_another_station_has_moved()
    {
        Has(Phone, "192.168.1.2");
        Has(Tv, "192.168.1.2");
        Assert.True(Concern("192.168.1.2", "198.51.100.1"));
        Assert.False(Concern("192.168.1.3", "198.51.100.1"));
    }

    [Fact]
    public void What_was_seen_to_is_over()
    {
        AtPort(Phone, 1);
        AtPort(Phone, 2);
        _stations.Settle();
        Assert.False(_stations.HaveMoved);
        Assert.False(Concern("192.168.1.2", "198.51.100.1"));
        AtPort(Phone, 2);
        Assert.False(_stations.HaveMoved);
    }

    [Fact]
    public void What_is_forgotten_cannot_have_moved()
    {
        AtPort(Phone, 1);
        _stations.Forget();
        AtPort(Phone, 2);
        Assert.False(_stations.HaveMoved);
    }

    [Fact]
    public void Of_too_many_the_oldest_are_forgotten()
    {
        AtPort(Phone, 1);
        AtPort(Tv, 1);
        for (var i = 0; i < 2047; i++)
            AtPort(new MacAddress(0x040000000000 + (ulong)i), 1);
        AtPort(Phone, 2);
        Assert.False(_stations.HaveMoved);
        AtPort(new MacAddress(0x040000000000), 2);
        Assert.True(_stations.HaveMoved);
    }

    private void AtPort(MacAddress station, int port) => _stations.Learn(new StationEvent(port, station, null, Bridge, 0));

    private void Has(MacAddress station, string address) =>
        _stations.Learn(new StationEvent(Bridge, station, Address(address), null, 0));

    private bool Concern(string client, string server)
    {
        var original = new ConntrackTuple(Address(client), Address(server), Inet.IPPROTO_UDP, 40000, 5001, 0);
        var buffer = new MessageBuffer();
        var writer = new MessageWriter(buffer);
        var message = writer.Begin(ConntrackEntry.MessageType, 0, 0, new NfGenMessage(original.Family));
        original.Write(writer, CtNetlink.CTA_TUPLE_ORIG, withZone: false);
        original.Inverse.Write(writer, CtNetlink.CTA_TUPLE_REPLY, withZone: false);
        writer.WriteUInt32BigEndian(CtNetlink.CTA_STATUS, (uint)ConntrackStatus.Confirmed);
        writer.WriteUInt32BigEndian(CtNetlink.CTA_ID, 1);
        writer.End(message);
        var entry = Connections.Read(buffer.Written.ToArray());
        return _stations.Concern(in entry);
    }

    private static InetAddress Address(string text) => InetAddress.FromBytes(IPAddress.Parse(text).GetAddressBytes());
}
