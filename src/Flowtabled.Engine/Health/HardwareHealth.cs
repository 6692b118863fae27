using System.Collections.Immutable;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Health;

/// <summary>
/// Judges from round to round how connections fare in hardware. It is careful: idle connections, streams of one direction and chips that cannot
/// count look much like faults. What is doubtful is only told; hardware is given up only after a test (<see cref="HardwareTrust"/>).
/// </summary>
/// <param name="setting">What it judges by.</param>
/// <param name="trust">Whether hardware may be used.</param>
public sealed class HardwareHealth(HardwareSetting setting, HardwareTrust trust)
{
    // Packets a second. Some chips take no slower connections (MediaTek's: 30), and the kernel says that they have them all the same.
    private const int Busy = 50;

    // How many connections must show something that hardware is given up for.
    private const int Several = 3;

    // Packets a second at the ports that are more than what hosts on a network send unasked.
    private const int Traffic = 10;

    private readonly FindingLatch _findings = new(3 * setting.Window);
    private readonly List<PortTraffic> _traffic = [];
    private bool _isUncounted;

    /// <summary>Judges after a round.</summary>
    /// <param name="flows">The connections.</param>
    /// <param name="devices">The l3 devices that may be in hardware.</param>
    /// <param name="traffic">What the ports carried so far; null where they do not tell.</param>
    /// <param name="now">The time.</param>
    public HardwareReport Judge(FlowTable flows, ImmutableArray<string> devices, PortTraffic? traffic, long now)
    {
        Keep(traffic);
        trust.Expire(now);
        if (trust.IsTesting)
            trust.Test(flows, now);
        else if (trust.Distrust is null)
            Look(new Evidence(flows, setting, now), now);
        _findings.Expire(now);
        var (sum, each) = HardwareCensus.Take(flows, devices, setting, now);
        return new HardwareReport(sum, each, setting.IsCounted && !_isUncounted, _findings.All, trust.Distrust);
    }

    private void Look(Evidence seen, long now)
    {
        var isFull = false;
        if (seen.Outside.Count > 0)
        {
            var cause = RefusalCause.Guess(seen.Outside, seen.Inside);
            isFull = cause.Code == "hardware_full";
            // Full of how many was true when it was noticed. When something is in hardware, the others tell what keeps them out.
            _findings.Raise(cause, now, isExact: !isFull && seen.Inside.Count > 0);
        }

        // A chip that is full takes one direction of some.
        if (!isFull && !seen.IsSomeTooYoung && IsMostOfBusy(seen.Half, seen.Inside, now))
            _findings.Raise(OneDirection(seen.Half), now, isExact: true);
        if (IsMostOfBusy(seen.Beside, seen.Inside, now))
            _findings.Raise(Unused, now);
        LookForSilence(seen, now);
        if (seen.OneWay.Count > 0 && seen.OneWay.Count * 2 >= seen.Moving)
            LookOneWay(seen, now);
    }

    private void LookOneWay(Evidence seen, long now)
    {
        var oneWay = seen.OneWay;
        var (received, sent) = Rates(seen.SoftwareRate);
        if (oneWay.Count >= Several && (_traffic.Count == 0 || IsLossy(received, sent)))
            trust.Suspect(oneWay, now);
        // UDP may be a stream of one direction; TCP acknowledges.
        else if (oneWay.Any(static flow => flow.Kind is FlowKind.Tcp4 or FlowKind.Tcp6) && received >= Traffic && !IsLossy(received, sent))
            _findings.Raise(Uncounted, now);
    }

    private void LookForSilence(Evidence seen, long now)
    {
        if (seen.Moving > 0)
        {
            _isUncounted = false;
            return;
        }

        // A flow without packets leaves the flowtable after its timeout, unless the chip says that there were some.
        var proven = seen.Silent.Any(flow => now - flow.MovedAt > setting.FlowTimeout + setting.Window);
        var (received, sent) = Rates(seen.SoftwareRate);
        var isBusy = seen.Silent.Count >= Several && received >= Traffic;
        if (proven || (isBusy && !IsLossy(received, sent)))
        {
            _isUncounted = true;
            _findings.Raise(Uncounted, now);
        }
        else if (isBusy && IsLossy(received, sent) && !_isUncounted)
        {
            trust.Suspect(seen.Silent, now);
        }
    }

    // Whether much of what comes in does not go out, all ports taken together.
    private static bool IsLossy(long received, long sent) => sent * 4 < received * 3;

    // What the ports received and sent in packets a second, over the last window, less what software forwarded; nothing where that is most.
    private (long Received, long Sent) Rates(long software)
    {
        if (_traffic.Count <= HardwareSetting.Rounds)
            return (0, 0);
        var (first, last) = (_traffic[0], _traffic[^1]);
        var received = Rate(first.Received, last.Received) - software;
        return received * 4 < software ? (0, 0) : (received, Math.Max(0, Rate(first.Sent, last.Sent) - software));

        long Rate(ulong before, ulong after) => after > before ? (long)(after - before) * 1000 / setting.Window : 0;
    }

    private void Keep(PortTraffic? traffic)
    {
        if (traffic is null)
            _traffic.Clear();
        else
            _traffic.Add(traffic);
        if (_traffic.Count > HardwareSetting.Rounds + 1)
            _traffic.RemoveAt(0);
    }

    private bool IsMostOfBusy(List<Flow> suspects, List<Flow> inside, long now)
    {
        var busy = suspects.Where(IsBusy).Count;
        return busy > 0 && busy * 2 >= inside.Where(IsBusy).Count;

        bool IsBusy(Flow flow) => Rate(in flow.Original, setting, now) >= Busy || Rate(in flow.Reply, setting, now) >= Busy;
    }

    private static int Rate(in FlowDirection direction, HardwareSetting setting, long now) =>
        now - direction.MovedAt < setting.Window ? direction.Rate : 0;

    private static Finding OneDirection(List<Flow> half)
    {
        // The direction that the processor carries moves at every look.
        var device = InputOfStack(half[0]);
        var isCommon = half.All(flow => InputOfStack(flow) == device);
        var which = isCommon && device is not null ? $"; what comes in by {DeviceName.Display(device)} the chip does not take" : "";
        return new Finding(
            FindingSeverity.Warning,
            "hardware_half",
            $"connections are in hardware in one direction only, and the processor carries the other{which}",
            isCommon && device is not null ? DeviceName.Display(device) : null);

        static string? InputOfStack(Flow flow) => flow.Original.Run > 0 ? flow.Client : flow.Server;
    }

    private static Finding Unused { get; } = new(
        FindingSeverity.Warning,
        "hardware_unused",
        "connections are in hardware by the kernel's word, but the processor carries the packets: "
        + "the chip has lost the entries, or passes over them");

    private static Finding Uncounted { get; } = new(
        FindingSeverity.Info,
        "hardware_uncounted",
        "the chip does not say how many packets it carries: connections in hardware are not measured, and conntrack's counters stand still for them");

    /// <summary>The connections of a round by what they show.</summary>
    private sealed class Evidence
    {
        public Evidence(FlowTable flows, HardwareSetting setting, long now)
        {
            foreach (var flow in flows.Flows)
            {
                if (flow.IsInHardware)
                    Inside.Add(flow);
                else
                    SoftwareRate += Rate(in flow.Original, setting, now) + Rate(in flow.Reply, setting, now);
                switch (FlowCarriers.Of(flow, setting, now))
                {
                    case FlowCarrier.StackInstead:
                        Outside.Add(flow);
                        break;
                    case FlowCarrier.Stack when flow is { IsEligible: true, IsOlder: false } && now - flow.Since < setting.Window:
                        IsSomeTooYoung |= flow.Original.Moves + flow.Reply.Moves > 0;
                        break;
                    case FlowCarrier.Half:
                        Half.Add(flow);
                        break;
                    case FlowCarrier.StackBeside:
                        Beside.Add(flow);
                        break;
                    case FlowCarrier.ChipOneWay:
                        OneWay.Add(flow);
                        Moving++;
                        break;
                    case FlowCarrier.Silent:
                        Silent.Add(flow);
                        break;
                    case FlowCarrier.Chip when flow.Original.Moves + flow.Reply.Moves > 0:
                        Moving++;
                        break;
                }
            }
        }

        public List<Flow> Inside { get; } = [];

        public List<Flow> Outside { get; } = [];

        /// <summary>Whether it is too early to say why some stay out.</summary>
        public bool IsSomeTooYoung { get; }

        public List<Flow> Half { get; } = [];

        public List<Flow> Beside { get; } = [];

        public List<Flow> OneWay { get; } = [];

        public List<Flow> Silent { get; } = [];

        /// <summary>How many in hardware the chip carries, by its counters.</summary>
        public int Moving { get; private set; }

        /// <summary>Packets a second of what is in software.</summary>
        public long SoftwareRate { get; private set; }
    }
}
