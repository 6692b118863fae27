using System.Collections.Immutable;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Health;

/// <summary>Connections and a chip, told round by round, and what is concluded from that. A round is 2 s, the window 10 s, a flow's timeout 30 s.</summary>
internal sealed class ChipStory
{
    public const int Window = 10_000;
    private const int Interval = Window / HardwareSetting.Rounds;

    private static readonly ImmutableArray<string> Devices = ["lan", "wan"];

    private readonly FlowTable _flows = new(1000);
    private readonly HardwareHealth _health;
    private readonly SortedDictionary<ulong, Connection> _connections = [];
    private (ulong Received, ulong Sent)? _ports = (0, 0);
    private long _now;

    public ChipStory(bool isCounted = true, int timeout = 30_000) => _health = new HardwareHealth(new HardwareSetting(Window, timeout, isCounted), Trust);

    public HardwareTrust Trust { get; } = new(Window);

    public HardwareReport Report { get; private set; } = HardwareReport.Nothing;

    public string[] Codes => [.. Report.Findings.Select(static finding => finding.Code)];

    public FlowTable Flows => _flows;

    /// <summary>Connections that go on in every round as <paramref name="carrier"/> says, until they are said to do otherwise.</summary>
    public ChipStory With(int count, Carrier carrier, FlowKind kind = FlowKind.Tcp4, int first = 1, string? client = "lan", string? server = "wan")
    {
        for (var i = 0; i < count; i++)
        {
            var key = (ulong)(first + i);
            _connections[key] = new Connection(carrier, kind, client, server)
            {
                Original = _connections.TryGetValue(key, out var known) ? known.Original : 10,
                Reply = known?.Reply ?? 10,
                Id = known?.Id ?? 1,
            };
        }

        return this;
    }

    /// <summary>They get other entries.</summary>
    public ChipStory Rehomed()
    {
        foreach (var connection in _connections.Values)
            (connection.Id, connection.Original, connection.Reply) = (connection.Id + 1, 0, 0);
        return this;
    }

    public ChipStory Without(int count, int first = 1)
    {
        for (var i = 0; i < count; i++)
            _connections.Remove((ulong)(first + i));
        return this;
    }

    /// <summary>The ports do not tell what they carry.</summary>
    public ChipStory WithoutPortCounters()
    {
        _ports = null;
        return this;
    }

    /// <summary>What the ports carry in a round.</summary>
    public (int Received, int Sent) Wire { get; set; }

    /// <summary>So many seconds go by.</summary>
    public ChipStory After(int seconds)
    {
        for (var until = _now + (seconds * 1000L); _now < until;)
        {
            _now += Interval;
            Round();
        }

        return this;
    }

    private void Round()
    {
        if (_ports is var (received, sent))
            _ports = (received + (ulong)Wire.Received, sent + (ulong)Wire.Sent);
        _flows.BeginRound(_now);
        foreach (var (key, connection) in _connections)
        {
            connection.Move(_now);
            var flow = _flows.Observe(new FlowSample
            {
                Key = key,
                Id = connection.Id,
                Kind = connection.Kind,
                IsInHardware = connection.Carrier >= Carrier.Chip,
                Original = connection.Carrier == Carrier.Unaccounted ? null : connection.Original,
                Reply = connection.Carrier == Carrier.Unaccounted ? null : connection.Reply,
            });
            flow?.Place(connection.Client, connection.Server);
        }

        _flows.EndRound(_now);
        Report = _health.Judge(_flows, Devices, _ports is var (input, output) ? new PortTraffic(input, output) : null, _now);
    }

    private sealed record Connection(Carrier Carrier, FlowKind Kind, string? Client, string? Server)
    {
        public uint Id { get; set; }

        public ulong Original { get; set; }

        public ulong Reply { get; set; }

        public void Move(long now)
        {
            const ulong packets = 200;
            // The kernel asks the chip when a tenth of the timeout has gone by, and looks for that each second.
            var isAsked = now % 4000 == 0;
            if (Carrier is Carrier.Stack or Carrier.Bypassed or Carrier.HalfOriginal || (Carrier is Carrier.Chip or Carrier.OriginalOnly && isAsked))
                Original += packets;
            if (Carrier is Carrier.Stack or Carrier.Bypassed or Carrier.HalfReply || (Carrier is Carrier.Chip && isAsked))
                Reply += packets;
        }
    }
}

/// <summary>Who carries a connection; from <see cref="Chip"/> on the kernel says that hardware has it.</summary>
internal enum Carrier
{
    Stack,
    Idle,
    Chip,
    ChipIdle,
    Bypassed,
    HalfOriginal,
    HalfReply,
    OriginalOnly,
    Unaccounted,
}
