using System.Globalization;
using Flowtabled.Engine.Flows;

namespace Flowtabled.Daemon.Watch;

/// <summary>What the watch of connections has come to since the daemon began.</summary>
/// <param name="FellOutOfHardware">How many connections fell out of hardware.</param>
/// <param name="FellOutOfSoftware">How many fell out of software.</param>
/// <param name="Losses">How often the ends of connections were not heard for want of room.</param>
/// <param name="Hardware">What entries counted that connections in hardware had before their present ones.</param>
/// <param name="Software">The same in software.</param>
/// <param name="Slow">The same on the slow path.</param>
internal sealed record WatchSummary(
    long FellOutOfHardware, long FellOutOfSoftware, long Losses, EarlierTraffic Hardware, EarlierTraffic Software, EarlierTraffic Slow)
{
    private const int Numbers = 9;

    /// <summary>What a table has come to.</summary>
    public static WatchSummary Of(WatchTable table, long losses) => new(
        table.FellOutOfHardware,
        table.FellOutOfSoftware,
        losses,
        EarlierTraffic.Of(table.Earlier, FlowPath.Hardware),
        EarlierTraffic.Of(table.Earlier, FlowPath.Software),
        EarlierTraffic.Of(table.Earlier, FlowPath.Slow));

    /// <summary>Adds what the present entries do not tell to what they do.</summary>
    public void AddTo(PathTotals totals)
    {
        Hardware.AddTo(totals, FlowPath.Hardware);
        Software.AddTo(totals, FlowPath.Software);
        Slow.AddTo(totals, FlowPath.Slow);
    }

    /// <summary>A line of the state file: numbers with blanks between them.</summary>
    public string Format() => string.Create(
        CultureInfo.InvariantCulture,
        $"{FellOutOfHardware} {FellOutOfSoftware} {Losses} {Hardware.Packets} {Hardware.Bytes} {Software.Packets} {Software.Bytes} {Slow.Packets} {Slow.Bytes}");

    /// <summary>Reads the line; null when it is malformed.</summary>
    public static WatchSummary? Parse(string line)
    {
        var words = line.Split(' ');
        if (words.Length != Numbers)
            return null;
        var numbers = new ulong[Numbers];
        for (var i = 0; i < Numbers; i++)
        {
            if (!ulong.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new WatchSummary(
            (long)numbers[0], (long)numbers[1], (long)numbers[2], new(numbers[3], numbers[4]), new(numbers[5], numbers[6]), new(numbers[7], numbers[8]));
    }
}

/// <summary>What entries counted that connections had before their present ones.</summary>
/// <param name="Packets">Packets in both directions.</param>
/// <param name="Bytes">Bytes likewise.</param>
internal readonly record struct EarlierTraffic(ulong Packets, ulong Bytes)
{
    public static EarlierTraffic Of(PathTotals totals, FlowPath path) => new(totals[path].Packets, totals[path].Bytes);

    public void AddTo(PathTotals totals, FlowPath path) => totals[path].AddEarlier(Packets, Bytes);
}
