using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Commands;

/// <summary><c>flowtabled flows --watch</c> on a terminal.</summary>
public sealed partial class FlowsWatchTests
{
    private const int Synthetic = 60;

    [Fact]
    public void It_shows_what_conntrack_says_on_any_screen()
    {
        using var topology = new Topology("--nat");
        Topology.InRouter("sysctl", "-qw", "net.netfilter.nf_conntrack_acct=1");
        using var daemon = new RunningDaemon(topology);
        Topology.InRouter("conntrack", "-F"); // What was there before would end some time.
        using var flow = new RunningFlow();
        using var window = new TerminalWindow(80, 24);
        AddConnections();
        window.Enter("echo before");
        window.Enter(Watch(topology, "--sort rate"));

        var lines = window.Await(static lines => RateOf(lines) is > 0, "a rate");
        Assert.True(window.IsTaken && !window.IsPlain);
        Assert.Equal(24, lines.Length);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches("^sw    1 flow ", lines[1]);
        Assert.Matches("^slow  [0-9]+ flows ", lines[2]);
        Assert.Equal($"and {Tracked() - 18} more", lines[^1]); // 24 lines without the totals, three of text, and itself
        var connection = Assert.Single(Topology.Connections());
        Assert.Contains("[OFFLOAD]", connection, StringComparison.Ordinal);
        Assert.StartsWith(
            $"sw    udp    {Field(connection, "src")}:{Field(connection, "sport")} ", Array.Find(lines, IsFlow)!, StringComparison.Ordinal);
        var measured = MeasureRate();
        Assert.InRange(RateOf(window.Await(static lines => RateOf(lines) is > 0, "a rate still"))!.Value, measured / 2, measured * 2);

        window.Resize(200, 50);
        lines = window.Await(static lines => lines.Length == 50 && Array.Exists(lines, static line => IsFlow(line) && line.Contains(" lan>wan", StringComparison.Ordinal)), "devices");
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 200));
        Assert.Equal($"and {Tracked() - 44} more", lines[^1]);

        foreach (var (columns, rows) in new[] { (30, 5), (10, 2), (2, 1) })
        {
            window.Resize(columns, rows);
            window.Await(lines => lines.Length <= rows && lines.All(line => line.Length <= columns) && lines[0].StartsWith("hw", StringComparison.Ordinal), "a small screen");
        }

        window.Resize(80, 24);
        window.Await(static lines => RateOf(lines) is > 0, "a rate again");
        window.Press("q");
        window.Await(_ => window.IsPlain, "the screen as it was");
        window.Enter("echo status $?");
        window.Await(static lines => lines.Contains("before") && lines.Contains("status 0") && !Array.Exists(lines, IsFlow), "what was there before");
    }

    [Fact]
    public void Whatever_ends_it_the_terminal_is_as_it_was()
    {
        using var topology = new Topology("");
        using var window = new TerminalWindow(80, 24);
        var fault = Path.Combine(topology.RunDirectory, "fault");
        var modes = Report(window).Modes;

        foreach (var (end, status) in new (Action, int)[]
        {
            (() => window.Press("C-c"), 0),
            (() => window.Press("Q"), 0),
            (() => Command.Run("kill", "-TERM", window.Foreground), 0),
            (() => Command.Run("kill", "-INT", window.Foreground), 0),
            (() => File.WriteAllText(fault, ""), 1),
        })
        {
            window.Enter("clear; " + Watch(topology, "", $"FAULT={fault} LD_PRELOAD={Preload(topology)}"));
            window.Await(static lines => lines.Length > 3 && lines[3].StartsWith("q ends", StringComparison.Ordinal), "a screen of its own");
            end();
            window.Await(_ => window.IsPlain, "the screen as it was");
            var fails = window.Await(static lines => lines[^1] == "$", "a prompt");
            Assert.Equal(status != 0, Array.Exists(fails, static line => line.EndsWith("(Input/output error)", StringComparison.Ordinal)));
            Assert.Equal(($"{status}", modes), Report(window));
        }
    }

    [Fact]
    public void It_ends_with_the_terminal()
    {
        using var topology = new Topology("");
        string watch;
        using (var window = new TerminalWindow(80, 24))
        {
            window.Enter(Watch(topology, ""));
            window.Await(_ => window.IsTaken, "a screen of its own");
            watch = window.Foreground;
        }

        Eventually.Is(() => !Directory.Exists($"/proc/{watch}"), "the watch has ended");
    }

    // The exit status of what ran last, and a hash of the terminal's modes while a program of the shell runs.
    private static (string Status, string Modes) Report(TerminalWindow window)
    {
        window.Enter("echo status $? $(stty -g | md5sum | cut -c 1-8)");
        var lines = window.Await(
            static lines => lines[^1] == "$" && Array.Exists(lines, static line => line.StartsWith("status ", StringComparison.Ordinal)), "a status");
        var words = Array.Find(lines, static line => line.StartsWith("status ", StringComparison.Ordinal))!.Split(' ');
        return (words[1], words[2]);
    }

    // Receiving fails as soon as there is a file.
    private static string Preload(Topology topology)
    {
        var library = Path.Combine(topology.RunDirectory, "fault.so");
        if (File.Exists(library))
            return library;
        var source = Path.ChangeExtension(library, ".c");
        File.WriteAllText(source, """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <stdlib.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
            {
                if (access(getenv("FAULT"), F_OK))
                    return syscall(SYS_recvmsg, fd, msg, flags);
                errno = EIO;
                return -1;
            }
            """);
        Command.Run("gcc", "-shared", "-fPIC", "-o", library, source);
        return library;
    }

    private static string Watch(Topology topology, string options, string environment = "") =>
        $"{environment} {PublishedBinary.Path} flows --watch {options} --config-dir {topology.ConfigDirectory} --run-dir {topology.RunDirectory}";

    private static void AddConnections() => Topology.InRouterShell(
        $"for i in $(seq {Synthetic}); do conntrack -I -s 192.168.9.$i -d 192.0.2.9 -p tcp --sport 1000 --dport 80 --state ESTABLISHED -t 600 -u SEEN_REPLY,ASSURED 2>/dev/null; done");

    private static int Tracked() => int.Parse(Topology.InRouter("conntrack", "-C"), CultureInfo.InvariantCulture);

    private static bool IsFlow(string line) => line.Contains(" 198.51.100.1:5001 ", StringComparison.Ordinal);

    // Bytes a second as the line of the flow has it; null where there is none.
    private static double? RateOf(string[] lines)
    {
        if (Array.Find(lines, IsFlow) is not { } line || Rate().Match(line) is not { Success: true } match)
            return null;
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (match.Groups[2].Value == "k" ? 1000 : 1);
    }

    private static double MeasureRate()
    {
        var (watch, before) = (Stopwatch.StartNew(), Bytes());
        Thread.Sleep(1000);
        return (Bytes() - before) / watch.Elapsed.TotalSeconds;

        static double Bytes() =>
            Counted().Matches(Assert.Single(Topology.Connections())).Sum(static match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static string Field(string connection, string name) => Regex.Match(connection, $@" {name}=(\S+)").Groups[1].Value;

    // Three numbers: out, in, and a second.
    [GeneratedRegex(@":5001 +\S+ +\S+ +([0-9.]+)(k?)(?: |$)")]
    private static partial Regex Rate();

    [GeneratedRegex(@" bytes=(\d+)")]
    private static partial Regex Counted();
}
