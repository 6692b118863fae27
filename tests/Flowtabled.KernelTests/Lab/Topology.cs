using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flowtabled.KernelTests.Lab;

/// <summary>The lab's router between its clients and a server (tests/lab/topology), with directories of its own for the configuration.</summary>
internal sealed partial class Topology : IDisposable
{
    public const string Server4 = "198.51.100.1";
    public const string Server6 = "2001:db8:100::1";

    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-lab").FullName;

    /// <param name="options">Those of <c>topology up</c>, separated by blanks; where the files go is added.</param>
    public Topology(string options)
    {
        Directory.CreateDirectory(ConfigDirectory);
        Directory.CreateDirectory(RunDirectory);
        try
        {
            Run(["up", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--config-dir", ConfigDirectory]);
        }
        catch (InvalidOperationException)
        {
            Dispose(); // What stands of it would fail every later test too.
            throw;
        }
    }

    public string ConfigDirectory => Path.Combine(_root, "config");

    public string RunDirectory => Path.Combine(_root, "run");

    /// <summary>TCP and UDP packets, without SYN, FIN and RST, that the router's forward hook saw, by direction.</summary>
    public static (long Original, long Reply) Seen => Counters("list");

    /// <summary>Starts again from 0; what it was.</summary>
    public static (long Original, long Reply) ResetSeen() => Counters("reset");

    /// <summary>Resets the count and waits until a tenth of a second has gone by without a packet: the last before offloading were under way.</summary>
    public static void AwaitNothingSeen()
    {
        ResetSeen();
        Eventually.Is(
            static () =>
            {
                Thread.Sleep(100);
                return ResetSeen() == (0, 0);
            },
            "no packet comes through the forward hook any more");
    }

    /// <summary>
    /// Hardly a packet has come through the forward hook. Some may: a device or an address that comes or goes makes the kernel forget every cached
    /// route, and the next packet of each flow in each direction looks the route up again and goes back into the flowtable.
    /// </summary>
    public static void AssertHardlySeen()
    {
        const int atMost = 10;
        var seen = Seen;
        Assert.True(seen.Original <= atMost && seen.Reply <= atMost, $"the forward hook saw {seen.Original} + {seen.Reply} packets");
    }

    public static void HangUp() => Run(["pppoe-stop"]);

    public static void Dial() => Run(["pppoe-start"]);

    /// <summary>Loads the firewall's table again in one transaction, as fw4 does.</summary>
    public static void ReloadFirewall() => Run(["fw4-reload"]);

    /// <summary>
    /// Runs a command in the router's network namespace; what it printed. Without <c>ip netns exec</c>, which takes as long as the command:
    /// /sys is the guest's, so this is for no program that looks there.
    /// </summary>
    public static string InRouter(params string[] command) => NetworkNamespace.Inside("router", () => Command.Run(command));

    /// <summary>Runs shell commands in the router's namespace, stopping at the first that fails.</summary>
    public static string InRouterShell(string script) => InRouter("sh", "-euc", script);

    /// <summary>The router's connections to the server, as conntrack lists them.</summary>
    public static string[] Connections(int port = 5001) =>
        [.. InRouter("conntrack", "-L").Split('\n').Where(line => line.Contains($"dport={port} ", StringComparison.Ordinal))];

    /// <summary>Whether there is one of them, and it is in a flowtable and not in hardware.</summary>
    public static bool IsOffloaded() => Connections() is [var line] && line.Contains("[OFFLOAD]", StringComparison.Ordinal);

    /// <summary>The devices of our flowtable as nft lists them, sorted, with blanks between; "none" when there is no flowtable.</summary>
    public static string FlowtableDevices()
    {
        using var json = JsonDocument.Parse(InRouter("nft", "-j", "list", "flowtables", "inet"));
        foreach (var item in json.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (!item.TryGetProperty("flowtable", out var flowtable) || flowtable.GetProperty("table").GetString() != "flowtabled")
                continue;
            if (!flowtable.TryGetProperty("dev", out var devices))
                return "";
            string[] names = devices.ValueKind == JsonValueKind.String
                ? [devices.GetString()!]
                : [.. devices.EnumerateArray().Select(static device => device.GetString()!)];
            Array.Sort(names, StringComparer.Ordinal);
            return string.Join(' ', names);
        }

        return "none";
    }

    /// <summary>Replaces a UCI package as <c>uci commit</c> does: a new file renamed over the old one.</summary>
    public void Commit(string package, string text)
    {
        var temporary = Path.Combine(ConfigDirectory, $".{package}.uci-test");
        File.WriteAllText(temporary, text);
        File.Move(temporary, Path.Combine(ConfigDirectory, package), overwrite: true);
    }

    /// <summary>Switches <c>flow_offloading_hw</c> on.</summary>
    public void WantHardware()
    {
        const string software = "option flow_offloading '1'";
        var firewall = ReadPackage("firewall");
        Assert.Contains(software, firewall, StringComparison.Ordinal);
        Commit("firewall", firewall.Replace(software, $"{software}\n\toption flow_offloading_hw '1'", StringComparison.Ordinal));
    }

    /// <summary>Switches it off again.</summary>
    public void RefuseHardware() =>
        Commit("firewall", ReadPackage("firewall").Replace("flow_offloading_hw '1'", "flow_offloading_hw '0'", StringComparison.Ordinal));

    /// <summary>And on once more.</summary>
    public void UseHardware() =>
        Commit("firewall", ReadPackage("firewall").Replace("flow_offloading_hw '0'", "flow_offloading_hw '1'", StringComparison.Ordinal));

    public string ReadPackage(string package) => File.ReadAllText(Path.Combine(ConfigDirectory, package));

    public void Dispose()
    {
        Run(["down"]);
        Directory.Delete(_root, recursive: true);
    }

    private static (long Original, long Reply) Counters(string verb)
    {
        var listing = InRouter("nft", verb, "counters", "table", "inet", "lab");
        return (Packets("original"), Packets("reply"));

        long Packets(string name) =>
            long.Parse(Counter().Matches(listing).Single(counter => counter.Groups[1].Value == name).Groups[2].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"counter (\w+) {\s+packets (\d+)")]
    private static partial Regex Counter();

    private static string Run(string[] arguments) => Command.Run([LabFiles.Program("topology"), .. arguments]);
}
