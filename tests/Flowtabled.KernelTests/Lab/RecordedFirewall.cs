using System.Text.RegularExpressions;

namespace Flowtabled.KernelTests.Lab;

/// <summary>The table that fw4 was recorded to load, for the router's lan and wan instead of the recorded router's devices.</summary>
internal sealed partial class RecordedFirewall : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowtabled-fw4").FullName;

    /// <param name="recording"><c>software</c> or <c>hardware</c>: what its flowtable is for.</param>
    public RecordedFirewall(string recording)
    {
        const string flush = "flush table inet fw4\n", wanInput = "\tchain input_wan {\n";
        // OpenWrt's default configuration has this rule, the recorded one has not: its router soon knows no neighbour on the wan any more.
        const string neighbours = """
            		icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } counter accept comment "!fw4: Allow-ICMPv6-Input"

            """;
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fw4", recording + ".nft"));
        var table = Devices().Replace(text, """devices = { "lan", "wan" };""")
            .Replace("\"br-lan\"", "\"lan\"", StringComparison.Ordinal).Replace("\"pppoe-wan\"", "\"wan\"", StringComparison.Ordinal)
            .Replace(wanInput, wanInput + neighbours, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_directory, "first"), table);
        File.WriteAllText(
            Path.Combine(_directory, "again"), table.Replace(flush, flush + "delete flowtable inet fw4 ft\n", StringComparison.Ordinal));
        // As fw4 does: one transaction, which first deletes the flowtable if nft lists one (firewall4, ruleset.uc).
        File.WriteAllText(Program, $"""
            #!/bin/sh
            case $(nft --terse --json list flowtables inet) in
                *'"name": "ft", "table": "fw4"'*) exec nft -f {_directory}/again ;;
                *) exec nft -f {_directory}/first ;;
            esac
            """);
        Command.Run("chmod", "755", Program);
        Load();
    }

    /// <summary>A program that loads it, in the router.</summary>
    public string Program => Path.Combine(_directory, "fw4");

    /// <summary>What nft says of its rules that offload, and of the devices and flags of its flowtable.</summary>
    public static (bool Offloads, bool HasDevices, bool IsForHardware) Now
    {
        get
        {
            var table = Topology.InRouter("nft", "--stateless", "list", "table", "inet", "fw4");
            Assert.Contains("flowtable ft {", table, StringComparison.Ordinal);
            return (Has("flow add @ft"), Has("devices = {"), Has("flags offload"));

            bool Has(string part) => table.Contains(part, StringComparison.Ordinal);
        }
    }

    public void Load() => Topology.InRouter(Program);

    /// <summary>Loads it so many times, with pauses of up to 60 ms, and prints a line each time; it ends with the first that fails.</summary>
    public BackgroundProcess Reload(int times) => new("ip", "netns", "exec", "router", "bash", "-euc", $$"""
        RANDOM=4711
        exec 3<> <(:)
        for ((i = 1; i <= {{times}}; i++)); do
            read -rt 0.0$((RANDOM % 50 + 10)) -u 3 || :
            {{Program}}
            echo "reload $i"
        done
        """);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [GeneratedRegex("devices = {[^}]*};")]
    private static partial Regex Devices();
}
