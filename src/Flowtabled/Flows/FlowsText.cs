using System.Globalization;
using System.Text;
using Flowtabled.Cli;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>Prints flows for people: a line for each, as wide as the terminal and no wider.</summary>
internal static class FlowsText
{
    /// <summary>The narrowest that it fits.</summary>
    private const int Narrowest = 80;

    /// <summary>From here on there is room to say where the ends are, and why a flow is slow.</summary>
    private const int Wide = 120;

    private const int PathWidth = 5;
    private const int ProtocolWidth = 6;
    private const int NumberWidth = 6;
    private const int WordsWidth = 30;
    private const int LongestEnd = 47; // an IPv6 address in brackets, and a port

    public static void Write(TextWriter output, FlowListing listing, int columns)
    {
        WriteTotals(output, listing.Totals);
        if (listing.Connections.Count == 0)
            return;
        output.WriteLine();
        WriteTable(output, listing, columns);
    }

    /// <summary>A line for each path.</summary>
    public static void WriteTotals(TextWriter output, PathTotals totals)
    {
        foreach (var path in (ReadOnlySpan<FlowPath>)[FlowPath.Hardware, FlowPath.Software, FlowPath.Slow])
            output.WriteLine($"{PathName(path),-PathWidth} {Describe(totals, path)}");
    }

    /// <summary>A head, a line for each flow, and one that counts the others.</summary>
    public static void WriteTable(TextWriter output, FlowListing listing, int columns)
    {
        columns = Math.Max(columns, Narrowest);
        var isWide = columns >= Wide;
        var words = isWide ? WordsWidth + 1 : 0;
        var numbers = (listing.HasRates ? 3 : 2) * (NumberWidth + 1);
        var end = Math.Min(LongestEnd, (columns - PathWidth - ProtocolWidth - 4 - numbers - words) / 2);

        Line(output, listing, isWide, end, "path", "proto", "from", "to", "out", "in", "rate/s", "devices; why slow");
        foreach (var connection in listing.Connections)
        {
            ref readonly var entry = ref connection.Entry;
            Line(
                output,
                listing,
                isWide,
                end,
                PathName(connection.Path),
                Protocols.Name(entry.Original.Protocol),
                End(entry.Original.Source, entry.Original.SourcePort, in entry.Original),
                End(entry.Original.Destination, entry.Original.DestinationPort, in entry.Original),
                Number(entry.OriginalCounters?.Bytes),
                Number(entry.ReplyCounters?.Bytes),
                Number(connection.Rate),
                isWide ? Describe(connection) : "");
        }

        if (listing.Chosen > listing.Connections.Count)
            output.WriteLine($"and {listing.Chosen - listing.Connections.Count} more");
    }

    /// <summary>The flows of a path, and their share of all.</summary>
    public static string Describe(PathTotals totals, FlowPath path)
    {
        ref readonly var total = ref totals[path];
        var text = Words.Count(total.Flows, "flow") + Percent(totals.ShareOfFlows(path));
        if (!total.IsMeasured)
            return text + ", bytes not measured";
        text += $", {Number(total.Bytes)}B{Percent(totals.ShareOfBytes(path))}";
        return total.Unmeasured > 0 ? $"{text} without {total.Unmeasured} that are not measured" : text;
    }

    /// <summary>Why a flow is slow, for people.</summary>
    public static string Why(SlowReason reason) => reason switch
    {
        SlowReason.Protocol => "never offloaded",
        SlowReason.NotEstablished => "not established",
        SlowReason.Helper => "a helper reads along",
        SlowReason.SequenceAdjustment => "shifted sequence numbers",
        SlowReason.Local => "the router's own",
        SlowReason.NoTable => "no flowtable",
        SlowReason.Held => "held by a kick",
        SlowReason.Excluded => "excluded",
        SlowReason.Device => "not in the flowtable",
        _ => "unknown",
    };

    /// <summary>What a flow is, in a line: its path, protocol and ends.</summary>
    public static string Name(Connection connection)
    {
        ref readonly var tuple = ref connection.Entry.Original;
        var (from, to) = (End(tuple.Source, tuple.SourcePort, in tuple), End(tuple.Destination, tuple.DestinationPort, in tuple));
        return $"{PathName(connection.Path)} {Protocols.Name(tuple.Protocol)} {from} > {to}";
    }

    /// <summary>Three digits or four and a unit: <c>999</c>, <c>1.00k</c>, <c>12.3M</c>; powers of 1000.</summary>
    public static string Number(ulong? value)
    {
        if (value is not { } number)
            return "-";
        if (number < 1000)
            return number.ToString(CultureInfo.InvariantCulture);
        var (scaled, unit) = ((double)number, -1);
        while (scaled >= 999.5)
            (scaled, unit) = (scaled / 1000, unit + 1);
        var digits = scaled < 9.995 ? "F2" : scaled < 99.95 ? "F1" : "F0";
        return scaled.ToString(digits, CultureInfo.InvariantCulture) + "kMGTPE"[unit];
    }

    private static void Line(
        TextWriter output, FlowListing listing, bool isWide, int end, string path, string protocol, string from, string to, string outgoing, string incoming, string rate, string words)
    {
        var line = new StringBuilder();
        line.Append(path.PadRight(PathWidth)).Append(' ').Append(protocol.PadRight(ProtocolWidth)).Append(' ');
        line.Append(Fit(from, end)).Append(' ').Append(Fit(to, end)).Append(' ');
        line.Append(outgoing.PadLeft(NumberWidth)).Append(' ').Append(incoming.PadLeft(NumberWidth));
        if (listing.HasRates)
            line.Append(' ').Append(rate.PadLeft(NumberWidth));
        if (isWide)
            line.Append(' ').Append(words.Length > WordsWidth ? words[..WordsWidth] : words);
        output.WriteLine(line.ToString().TrimEnd(' '));
    }

    // The end of an address tells more than its middle.
    private static string Fit(string text, int width)
    {
        if (text.Length <= width)
            return text.PadRight(width);
        var head = (width - 1) / 2;
        return string.Concat(text.AsSpan(0, head), "~", text.AsSpan(text.Length - (width - 1 - head)));
    }

    private static string End(InetAddress address, ushort port, in ConntrackTuple tuple)
    {
        var text = address.ToString();
        if (!Protocols.HasPorts(in tuple))
            return text;
        return string.Concat(address.IsV6 ? $"[{text}]" : text, ":", port.ToString(CultureInfo.InvariantCulture));
    }

    private static string Describe(Connection connection)
    {
        var facts = connection.Facts;
        var ends = $"{Device(connection.Client)}>{Device(connection.Server)}";
        if (connection.Path == FlowPath.Slow)
            return connection.Excluder is { } name ? $"{ends} excluded by {name}" : $"{ends} {Why(facts.WhySlow)}";
        return facts.IsHalf ? $"{ends} half" : ends;
    }

    private static string Device(ConnectionEnd end) => end.Device is { } name ? DeviceName.Display(name) : "?";

    private static string PathName(FlowPath path) => path switch
    {
        FlowPath.Hardware => "hw",
        FlowPath.Software => "sw",
        _ => "slow",
    };

    private static string Percent(double? share) =>
        share is { } part ? $" ({(part * 100).ToString("F0", CultureInfo.InvariantCulture)} %)" : "";
}
