using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>Stations and addresses as the kernel told bridge and ip of them.</summary>
public class AddressTests
{
    private static readonly IReadOnlyList<byte[]> s_stations = Recording.Messages("rt/stations.hex");
    private static readonly IReadOnlyList<byte[]> s_events = Recording.Messages("rt/address-events.hex");

    [Fact]
    public void Each_station_is_read() => Assert.Equal(
        [
            "02:00:00:00:00:02 at 4 of bridge 2, VLAN 1",
            "02:00:00:00:00:02 has 192.168.1.2 at 2",
            "02:00:00:00:00:02 has 2001:db8::2 at 2",
            "02:00:00:00:00:03 at 5 of bridge 2, VLAN 1",
            // What the ports' other ends have sent by themselves.
            "02:93:44:63:b8:4d at 4 of bridge 2, VLAN 0",
            "8a:32:7a:f9:a7:b6 at 5 of bridge 2, VLAN 1",
        ],
        s_stations.SelectMany(Decode).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_event_is_read() => Assert.Equal(
        [
            "02:00:00:00:00:02 at 5 of bridge 2, VLAN 1",
            "02:00:00:00:00:12 has 192.168.1.2 at 2",
            "lost 192.168.1.9 at 2",
            "lost 2001:db8::1 at 2",
            "lost 192.0.2.5 at 14",
        ],
        s_events.SelectMany(Decode));

    [Fact]
    public void Other_messages_are_passed_over()
    {
        Assert.Contains(s_events, message => message[4] == RtNetlink.RTM_NEWADDR);
        Assert.Contains(s_events, message => message[4] == RtNetlink.RTM_DELNEIGH);
        Assert.All(Recording.Messages("rt/link-events.hex"), message => Assert.Empty(Decode(message)));
    }

    [Fact]
    public void Changes_and_losses_are_told_in_their_order()
    {
        var events = Recording.Datagrams("rt/address-events.hex").Select(datagram => (ScriptedChannel.Received)datagram).ToArray();
        var channel = new ScriptedChannel(_ => [.. events, ScriptedChannel.Received.Lost]);
        channel.Send([]);
        List<string> told = [];
        var adapter = new AddressMonitor.Adapter(new Listener(told));

        Assert.False(NetlinkSubscription.Read(channel, new byte[NetlinkSocket.DatagramSize], ref adapter));

        Assert.Equal("lost events", told[^1]);
        Assert.Equal(6, told.Count);
    }

    [Fact]
    public void Stations_are_heard_of_while_that_is_asked_for()
    {
        using var monitor = new AddressMonitor();
        Assert.False(monitor.HearsStations);
        foreach (var hears in (bool[])[true, true, false, false, true])
        {
            monitor.HearsStations = hears;
            Assert.Equal(hears, monitor.HearsStations);
            Assert.Equal(hears, IsMember(monitor.Descriptor, RtNetlink.RTNLGRP_NEIGH));
        }
    }

    [Fact]
    public void A_mutated_station_is_read_or_refused() => StructuredMutation.Check(s_stations, NeighbourMessage.Size, message => Decode(message));

    [Fact]
    public void A_cut_station_is_read_or_refused() => StructuredMutation.Cut(s_stations, NeighbourMessage.Size, message => Decode(message));

    [Fact]
    public void A_mutated_loss_is_read_or_refused() => StructuredMutation.Check(Losses(), InterfaceAddressMessage.Size, message => Decode(message));

    [Fact]
    public void A_cut_loss_is_read_or_refused() => StructuredMutation.Cut(Losses(), InterfaceAddressMessage.Size, message => Decode(message));

    // As the kernel has it: sk, protocol, port, groups, ..., inode.
    private static bool IsMember(int socket, int group)
    {
        var inode = File.ResolveLinkTarget($"/proc/self/fd/{socket}", returnFinalTarget: false)!.Name; // socket:[123]
        var line = Assert.Single(File.ReadLines("/proc/net/netlink"), line => inode == $"socket:[{line.TrimEnd().Split(' ')[^1]}]");
        var groups = Convert.ToUInt32(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], 16);
        return (groups & 1 << (group - 1)) != 0;
    }

    private static byte[][] Losses() => [.. s_events.Where(message => message[4] == RtNetlink.RTM_DELADDR)];

    private static List<string> Decode(byte[] datagram)
    {
        var told = new List<string>();
        var adapter = new AddressMonitor.Adapter(new Listener(told));
        var reader = new MessageReader(datagram);
        while (reader.Read())
            adapter.Handle(in reader);
        return told;
    }

    private sealed class Listener(List<string> told) : IAddressListener
    {
        public void Handle(in StationEvent station) => told.Add(station.Address is { } address
            ? $"{station.Station} has {address} at {station.Device}"
            : $"{station.Station} at {station.Device} of bridge {station.Bridge}, VLAN {station.Vlan}");

        public void Handle(AddressLoss loss) => told.Add($"lost {loss.Address} at {loss.Device}");

        public void Lost() => told.Add("lost events");
    }
}
