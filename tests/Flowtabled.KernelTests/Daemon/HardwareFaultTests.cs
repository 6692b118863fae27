using System.Diagnostics;
using System.Globalization;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>However the chip fails, traffic flows, the cause is told, healing is noticed, and nobody is asked without end.</summary>
public abstract class HardwareFaultTests(HealthLab lab)
{
    protected const int EOPNOTSUPP = 95;
    protected const int EBUSY = 16;

    private protected const string Distrusted = "hardware_distrusted : hardware is not used: ";

    private protected HealthLab Lab => lab;

    /// <summary>It fails, and traffic goes on.</summary>
    /// <param name="fault">How.</param>
    /// <param name="isLate">Whether it strikes connections that are in the chip already; else those that would go in.</param>
    private protected void AssertNoticed(HardwareFault fault, bool isLate)
    {
        lab.BeginAnew();
        var (batches, bound, asked, watch) = (lab.Daemon.Batches, SwitchChip.Lan.Counter("bind"), Asked, Stopwatch.StartNew());

        if (!isLate)
            fault.Begin();
        using var flows = new PairedFlows();
        if (isLate)
        {
            SwitchChip.AwaitEntries(2 * PairedFlows.Count);
            fault.Begin();
        }

        if (fault.Later is { } later)
        {
            lab.AwaitFinding(fault.Findings[0]);
            later();
        }

        using (fault.Repeats ? new Timer(_ => fault.Begin(), null, 0, 100) : null)
        {
            foreach (var finding in fault.Later is null ? fault.Findings : fault.Findings[1..])
                lab.AwaitFinding(finding);
        }

        if (fault.LosesPackets)
        {
            FlowAgain();
            // With the lab's short window TCP may send again too late to count as flowing: hardware is then used again by itself.
            if (lab.Daemon.Distrust?.Contains("gets another chance after", StringComparison.Ordinal) == true)
                lab.LoadFirewall();
        }

        Assert.InRange(lab.Daemon.Batches - batches, 0, 6);
        Assert.InRange(SwitchChip.Lan.Counter("bind") - bound, 0, 6);
        // As often as the kernel alone does it: each second for a connection that the chip has not, and at first.
        Assert.InRange(Asked - asked, 0, AskedAtOnce * ((int)watch.Elapsed.TotalSeconds + 2));

        var lost = flows.Stop();
        if (!fault.LosesPackets)
            Assert.Equal(0, lost);
        lab.Recover(isDistrusted: fault.LosesPackets);
    }

    private protected static void Both(string name, int value)
    {
        SwitchChip.Lan.Set(name, value);
        SwitchChip.Wan.Set(name, value);
    }

    private protected static void Both(string name, bool on)
    {
        SwitchChip.Lan.Set(name, on);
        SwitchChip.Wan.Set(name, on);
    }

    // How often the driver was asked to take a direction of a connection.
    private static long Asked => SwitchChip.Lan.Counter("replace") + SwitchChip.Wan.Counter("replace");

    // Both directions at both ports.
    private static int AskedAtOnce => 2 * 2 * PairedFlows.Count;

    // In software every connection moves on.
    private static void FlowAgain()
    {
        Eventually.Is(static () => SwitchChip.Entries.Length == 0, "the chip is empty");
        var before = Packets();
        Eventually.Is(
            () => Packets().All(count => before.TryGetValue(count.Key, out var then) && count.Value > then),
            "every connection flows",
            TimeSpan.FromSeconds(20),
            static () => string.Join('\n', Topology.Connections()));
    }

    // The answers that each connection got, by its client's address and port.
    private static Dictionary<string, long> Packets() => Topology.Connections().ToDictionary(
        static line => line[line.IndexOf("src=", StringComparison.Ordinal)..line.IndexOf(" dport=", StringComparison.Ordinal)],
        static line => long.Parse(line[(line.LastIndexOf("packets=", StringComparison.Ordinal) + 8)..].Split(' ')[0], CultureInfo.InvariantCulture));
}
