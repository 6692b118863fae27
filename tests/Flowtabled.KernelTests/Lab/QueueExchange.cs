using System.Text.Json;

namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// Gives a device of the router another queueing discipline. While the kernel does so the device has one that drops everything, and the kernel waits for
/// a grace period of RCU in between (dev_deactivate_many in net/sched/sch_generic.c): what the stack sends meanwhile is lost, with and without a flowtable.
/// </summary>
internal static class QueueExchange
{
    private const string Tracing = "/sys/kernel/tracing";
    private const string Switch = $"{Tracing}/events/skb/kfree_skb/enable";
    private const string Trace = $"{Tracing}/trace";

    /// <summary>
    /// Runs tc with these arguments for the router's wan; how many packets the kernel dropped for it, by its own word. The lab's own, which has no
    /// trace, counts them for the device (noop_enqueue). Its grace periods take no time, but it lets other processes run while it waits for one.
    /// </summary>
    public static int Run(params string[] arguments)
    {
        if (GuestKernel.IsTheLabs)
        {
            var before = Dropped();
            Topology.InRouter(["tc", .. arguments]);
            return Dropped() - before;
        }

        if (!File.Exists(Trace))
            Command.Run("mount", "-t", "tracefs", "none", Tracing);
        File.WriteAllText(Trace, "");
        File.WriteAllText(Switch, "1");
        try
        {
            Topology.InRouter(["tc", .. arguments]);
        }
        finally
        {
            File.WriteAllText(Switch, "0");
        }

        return File.ReadLines(Trace).Count(static line => line.Contains("reason: QDISC_DROP", StringComparison.Ordinal));
    }

    private static int Dropped()
    {
        using var json = JsonDocument.Parse(Topology.InRouter("ip", "-s", "-j", "link", "show", "dev", "wan"));
        return json.RootElement[0].GetProperty("stats64").GetProperty("tx").GetProperty("dropped").GetInt32();
    }
}
