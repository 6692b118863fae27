using System.Globalization;
using System.Text;
using Flowtabled.Config;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;

namespace Flowtabled.Daemon;

/// <summary>
/// How a command has the daemon, whose socket alone may change its tables, carry out a kick: a file with the order, and one with what came of it. Both
/// are lines of a name and a value, with the number of the order first.
/// </summary>
/// <param name="runDirectory">Where programs keep state until the next boot.</param>
internal sealed class KickLetters(string runDirectory)
{
    private readonly string _answer = Path.Combine(runDirectory, "flowtabled", "kicked");

    /// <summary>The file with the order.</summary>
    public string OrderPath { get; } = Path.Combine(runDirectory, "flowtabled", "kick");

    /// <summary>The file that a command has open as long as it waits: one at a time.</summary>
    public string LockPath { get; } = Path.Combine(runDirectory, "flowtabled", "kick.lock");

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Send(long number, KickOrder order)
    {
        var choice = order.Choice;
        Write(OrderPath, number, [("host", choice.Host?.ToString()), ("port", Text(choice.Port)), ("id", Text(choice.Id)), ("all", choice.IsAll ? "1" : null), ("hold", Text(order.Hold))]);
    }

    /// <summary>The order that waits, which then waits no more; null when there is none, or none that is one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public (long Number, KickOrder Order)? Take()
    {
        if (FileBytes.ReadIfExists(OrderPath) is not { } bytes)
            return null;
        File.Delete(OrderPath);
        var lines = Read(bytes);
        if (Number(lines, "number") is not { } number || Number(lines, "hold", int.MaxValue) is not { } hold)
            return null;
        var choice = new ConnectionChoice
        {
            Host = lines.TryGetValue("host", out var host) ? InetAddress.TryParse(host) : null,
            Port = (ushort?)Number(lines, "port", ushort.MaxValue),
            Id = (uint?)Number(lines, "id", uint.MaxValue),
        };
        // Whoever means every connection says so.
        return choice.IsAll == lines.ContainsKey("all") ? (number, new KickOrder(choice) { Hold = (int)hold }) : null;
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Answer(long number, KickResult? result, string? error) => Write(
        _answer,
        number,
        [
            ("error", error),
            ("moved", Text(result?.Exodus?.Moved)),
            ("staying", Text(result?.Exodus?.Staying)),
            ("why", result?.Exodus?.Why),
            ("held", Text(result?.Held)),
        ]);

    /// <summary>What came of an order; null while it has not been answered.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public (KickResult Result, string? Error)? AnswerTo(long number)
    {
        if (FileBytes.ReadIfExists(_answer) is not { } bytes)
            return null;
        var lines = Read(bytes);
        if (Number(lines, "number") != number)
            return null;
        var exodus = new Exodus((int)(Number(lines, "moved") ?? 0), (int)(Number(lines, "staying") ?? 0), lines.GetValueOrDefault("why"));
        return (new KickResult { Exodus = exodus, Held = (int?)Number(lines, "held") }, lines.GetValueOrDefault("error"));
    }

    private static void Write(string path, long number, ReadOnlySpan<(string Name, string? Value)> lines)
    {
        var text = new StringBuilder();
        text.Append("number ").Append(Text(number)).Append('\n');
        foreach (var (name, value) in lines)
        {
            if (value is not null)
                text.Append(name).Append(' ').Append(value.ReplaceLineEndings(" ")).Append('\n');
        }

        FileBytes.Replace(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static Dictionary<string, string> Read(byte[] bytes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            if (end > 0)
                values[line[..end]] = line[(end + 1)..];
        }

        return values;
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(Dictionary<string, string> lines, string name, long most = long.MaxValue) =>
        lines.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : null;
}
