using System.Collections.Immutable;
using Flowtabled.Engine.Flows;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Kernel;

/// <summary>An l3 device whose connections may be in hardware.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Name">Its name.</param>
internal sealed record FlowDevice(int Index, string Name)
{
    /// <summary>Those that were decided to be.</summary>
    public static ImmutableArray<FlowDevice> Of(Assessment assessment)
    {
        var devices = ImmutableArray.CreateBuilder<FlowDevice>();
        foreach (var decision in assessment.Decision.Devices)
        {
            if (decision is { Hardware.IsIn: true, Device: { } name } && assessment.Devices.Find(name) is { } device)
                devices.Add(new FlowDevice(device.Index, name));
        }

        return devices.ToImmutable();
    }
}

/// <summary>
/// Reads the connections in flowtables, software and hardware, and asks the kernel's routing where their ends are. Nothing is allocated for a
/// connection that is known.
/// </summary>
internal sealed class FlowReader : IDisposable
{
    /// <summary>How many connections are placed in a round: two questions each.</summary>
    public const int PlacedARound = 200;

    private const byte Tcp = 6;

    // One that is leaving hardware is in it still; but the driver is about to be told.
    private const ConntrackStatus Offloaded = ConntrackStatus.Offload;

    private readonly ConntrackClient _conntrack = ConntrackClient.Open();
    private readonly RouteClient _route = RouteClient.Open();

    /// <summary>One round but for its end: shows every connection to <paramref name="flows"/>.</summary>
    /// <param name="flows">The table.</param>
    /// <param name="devices">The l3 devices to look for at the ends of connections.</param>
    /// <param name="places">How many connections may be placed.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public void Read(FlowTable flows, ImmutableArray<FlowDevice> devices, int places, long now)
    {
        var round = new Round(flows, devices, _route, places, now);
        round.Restart();
        _conntrack.Dump(Offloaded, Offloaded, ref round);
    }

    public void Dispose()
    {
        _route.Dispose();
        _conntrack.Dispose();
    }

    private struct Round(FlowTable flows, ImmutableArray<FlowDevice> devices, RouteClient route, int places, long now) : IConntrackHandler
    {
        private int _places = places;

        public readonly void Restart() => flows.BeginRound(now);

        public void Handle(in ConntrackEntry entry)
        {
            var original = entry.Original;
            var sample = new FlowSample
            {
                Key = ConnectionKey.Of(in original),
                Id = entry.Id,
                Kind = original.Protocol == Tcp
                    ? original.Source.IsV6 ? FlowKind.Tcp6 : FlowKind.Tcp4
                    : original.Source.IsV6 ? FlowKind.Udp6 : FlowKind.Udp4,
                IsInHardware = entry.IsInHardware,
                Original = entry.OriginalCounters?.Packets,
                Reply = entry.ReplyCounters?.Packets,
            };
            if (flows.Observe(in sample) is { IsPlaced: false } flow && _places-- > 0)
                flow.Place(NameOf(route.FindClient(in entry)), NameOf(route.FindServer(in entry)));
        }

        private readonly string? NameOf(int? index)
        {
            foreach (var device in devices)
            {
                if (device.Index == index)
                    return device.Name;
            }

            return null;
        }
    }
}
