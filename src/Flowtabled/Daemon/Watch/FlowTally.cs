using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Topology;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon.Watch;

/// <summary>Adds up connections by path, host, device and zone.</summary>
internal sealed class FlowTally(FlowQuestion question, WatchTable table) : FlowInquiry(question, table)
{
    // Of more hosts the others are not told: a scan has a host for each of its packets.
    private const int MaxHosts = 4096;

    private readonly Dictionary<ulong, FlowSum> _hosts = [];
    private readonly Dictionary<int, FlowSum> _devices = [];
    private readonly Dictionary<string, FlowSum> _zones = [];

    /// <summary>What the watch has come to; set before the answer is taken.</summary>
    public WatchSummary? Watch { get; set; }

    public override void Restart()
    {
        base.Restart();
        _hosts.Clear();
        _devices.Clear();
        _zones.Clear();
    }

    public override FlowAnswer Answer(WatchPlaces places, long now)
    {
        var hosts = Ordered(_hosts.Values);
        if (hosts.Count > Question.Limit)
            hosts.RemoveRange(Question.Limit, hosts.Count - Question.Limit);
        return new FlowAnswer(Question.Number)
        {
            Sums = new FlowSums
            {
                Totals = Totals,
                Accounting = AccountingSwitch.IsOn,
                Watch = Watch!,
                Watched = Table.Count,
                Others = Table.Others,
                Hosts = [.. hosts],
                Devices = [.. Ordered(_devices.Values)],
                Zones = [.. Ordered(_zones.Values)],
            },
        };
    }

    protected override void Take(in ConntrackEntry entry, ulong key, int slot, FlowTraffic? traffic, WatchPlaces places)
    {
        var rate = slot == WatchTable.None ? 0 : Table[slot].Rate ?? 0;
        AddHost(entry.Original.Source, traffic, rate);
        if (entry.Reply.Source != entry.Original.Source)
            AddHost(entry.Reply.Source, traffic, rate);

        places.Locate(in entry, slot);
        var (client, server) = slot == WatchTable.None ? (0, 0) : (Table[slot].Client, Table[slot].Server);
        var (from, to) = (places.At(client), places.At(server));
        AddDevice(client, from, traffic, rate);
        if (to.Device != from.Device)
            AddDevice(server, to, traffic, rate);
        foreach (var zone in from.Zones)
            AddZone(zone, traffic, rate);
        foreach (var zone in to.Zones)
        {
            if (!from.Zones.Contains(zone))
                AddZone(zone, traffic, rate);
        }
    }

    private void AddHost(InetAddress address, FlowTraffic? traffic, double rate)
    {
        var key = ConnectionKey.Of(address);
        if (!_hosts.TryGetValue(key, out var sum))
        {
            if (_hosts.Count == MaxHosts)
                return;
            _hosts[key] = sum = new FlowSum(address.ToString());
        }

        AddTo(sum, traffic, rate);
    }

    private void AddDevice(int place, ConnectionEnd end, FlowTraffic? traffic, double rate)
    {
        if (end.Device is null)
            place = 0;
        if (!_devices.TryGetValue(place, out var sum))
            _devices[place] = sum = new FlowSum(end.Device is { } name ? DeviceName.Display(name) : null);
        AddTo(sum, traffic, rate);
    }

    private void AddZone(string zone, FlowTraffic? traffic, double rate)
    {
        if (!_zones.TryGetValue(zone, out var sum))
            _zones[zone] = sum = new FlowSum(zone);
        AddTo(sum, traffic, rate);
    }

    private static void AddTo(FlowSum sum, FlowTraffic? traffic, double rate)
    {
        Add(ref sum.Total, traffic);
        sum.Rate += rate;
    }

    private static List<FlowSum> Ordered(IEnumerable<FlowSum> sums) =>
        new List<FlowSum>(sums).Sorted(static (left, right) => right.Total.Bytes.CompareTo(left.Total.Bytes));
}
