using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Conntrack;

/// <summary>What is told of connections that begin, change and end.</summary>
public class ConntrackMonitorTests
{
    private static readonly IReadOnlyList<byte[]> s_events = Recording.Messages("ct/events.hex");

    [Fact]
    public void The_life_of_connections_is_told() => Assert.Equal(
        [
            "New 6 192.0.2.1:2000, mark 0, zone 0, timeout 100",
            "New 17 2001:db8::1:2000, mark 0, zone 7, timeout 100",
            "Updated 6 192.0.2.1:2000, mark 7, zone 0, timeout 99",
            "Ended 6 192.0.2.1:2000, mark 7, zone 0, timeout 99, 0 packets, ended after it began",
            "Ended 17 2001:db8::1:2000, mark 0, zone 7, timeout 99, 0 packets, ended after it began",
        ],
        s_events.SelectMany(Decode));

    [Fact]
    public void Messages_of_other_kinds_are_passed_over()
    {
        var message = MessageNode.Parse(s_events[0], NfGenMessage.Size)[0];
        message.Type = (NfNetlink.NFNL_SUBSYS_CTNETLINK << 8) | CtNetlink.IPCTNL_MSG_CT_GET_STATS;

        Assert.Empty(Decode(message.ToArray()));
    }

    [Fact]
    public void A_loss_is_told()
    {
        var listener = new Listener();

        new ConntrackMonitor.Adapter(listener).Restart();

        Assert.Equal(["lost events"], listener.Told);
    }

    [Theory]
    [InlineData(ConntrackChange.New, new[] { 1 })]
    [InlineData(ConntrackChange.Updated | ConntrackChange.Ended, new[] { 2, 3 })]
    [InlineData(ConntrackChange.New | ConntrackChange.Updated | ConntrackChange.Ended, new[] { 1, 2, 3 })]
    public void Only_what_was_asked_for_is_heard(ConntrackChange changes, int[] groups) =>
        Assert.Equal(groups, ConntrackMonitor.Groups(changes));

    [Fact]
    public void A_mutated_event_is_read_or_refused() => StructuredMutation.Check([.. s_events], NfGenMessage.Size, message => Decode(message));

    [Fact]
    public void A_cut_event_is_read_or_refused() => StructuredMutation.Cut([.. s_events], NfGenMessage.Size, message => Decode(message));

    private static List<string> Decode(byte[] datagram)
    {
        var listener = new Listener();
        var adapter = new ConntrackMonitor.Adapter(listener);
        var reader = new MessageReader(datagram);
        while (reader.Read())
            adapter.Handle(in reader);
        return listener.Told;
    }

    private sealed class Listener : IConntrackListener
    {
        public List<string> Told { get; } = [];

        public void Handle(ConntrackChange change, in ConntrackEntry entry) => Told.Add(
            $"{change} {entry.Original.Protocol} {entry.Original.Source}:{entry.Original.SourcePort}, mark {entry.Mark}, zone {entry.Original.Zone}, "
            + $"timeout {entry.Timeout?.ToString() ?? "none"}"
            + (entry.OriginalCounters is { } counters ? $", {counters.Packets} packets" : "")
            + (entry.Stop > entry.Start ? ", ended after it began" : ""));

        public void Lost() => Told.Add("lost events");
    }
}
