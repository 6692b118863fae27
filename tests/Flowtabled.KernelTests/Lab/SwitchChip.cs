using System.Globalization;

namespace Flowtabled.KernelTests.Lab;

/// <summary>The lab's chip that takes flows, as debugfs shows it (tests/lab/fttest/README.md).</summary>
internal static class SwitchChip
{
    private const string Root = "/sys/kernel/debug/fttest";

    /// <summary>The port that <c>topology up --chip lan,wan</c> makes the router's lan.</summary>
    public static ChipPort Lan { get; } = new($"{Root}/fts0");

    /// <summary>Likewise its wan.</summary>
    public static ChipPort Wan { get; } = new($"{Root}/fts1");

    /// <summary>The table, a line for each direction of a flow.</summary>
    public static string[] Entries => File.ReadAllLines($"{Root}/entries");

    /// <summary>How many packets one of <see cref="Entries"/> has carried.</summary>
    public static long Packets(string entry)
    {
        const string name = " packets=";
        var from = entry.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return long.Parse(entry.AsSpan(from, entry.IndexOf(' ', from) - from), CultureInfo.InvariantCulture);
    }

    /// <summary>For each port how many flowtables it is bound to.</summary>
    public static string[] Bound => File.ReadAllLines($"{Root}/bound");

    /// <summary>Waits until each port is bound to so many flowtables; the time it took.</summary>
    public static TimeSpan AwaitBound(int times, TimeSpan? limit = null, Func<string>? otherwise = null) => Eventually.Is(
        () => Bound is { Length: > 0 } ports && ports.All(port => port.EndsWith($" {times}", StringComparison.Ordinal)),
        $"each port is bound {times} times",
        limit,
        otherwise);

    /// <summary>Sets everything that can be set to what it was in the beginning.</summary>
    public static void Heal()
    {
        Capacity = int.MaxValue;
        foreach (var port in (ChipPort[])[Lan, Wan])
        {
            foreach (var name in (string[])["bind_errno", "refuse_all", "refuse_tcp", "refuse_udp", "refuse_v4", "refuse_v6", "replace_delay_ms", "stats_errno"])
                port.Set(name, 0);
            foreach (var name in (string[])["exclusive", "stats_frozen", "stats_uncounted", "blackhole", "to_stack"])
                port.Set(name, false);
            port.Set("capacity", int.MaxValue);
        }
    }

    /// <summary>How many entries it holds.</summary>
    public static int Capacity
    {
        set => File.WriteAllText($"{Root}/capacity", value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Switches <c>hw-tc-offload</c> of the router's lan and wan.</summary>
    public static void Offload(bool on)
    {
        foreach (var port in (string[])["lan", "wan"])
            Topology.InRouter("ethtool", "-K", port, "hw-tc-offload", on ? "on" : "off");
    }

    public static void AwaitEntries(int count) => Eventually.Is(
        () => Entries.Length == count, $"{count} entries in the chip", otherwise: static () => string.Join('\n', [.. Entries, .. Topology.Connections()]));
}

/// <summary>A port of <see cref="SwitchChip"/>.</summary>
/// <param name="directory">Its directory in debugfs.</param>
internal sealed class ChipPort(string directory)
{
    /// <summary>Packets that came in here and that the chip forwarded.</summary>
    public long Forwarded => Counter("rx_chip");

    public long Counter(string name)
    {
        foreach (var line in File.ReadLines($"{directory}/counters"))
        {
            if (line.StartsWith(name + " ", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException($"no '{name}' in {directory}/counters");
    }

    /// <summary>Sets a number: a count, milliseconds, or an errno with 0 for none.</summary>
    public void Set(string name, int value) => File.WriteAllText($"{directory}/{name}", value.ToString(CultureInfo.InvariantCulture));

    public void Set(string name, bool on) => File.WriteAllText($"{directory}/{name}", on ? "Y" : "N");

    /// <summary>Makes the chip lose all entries from here and to here.</summary>
    public void Forget() => File.WriteAllText($"{directory}/forget", "1");
}
