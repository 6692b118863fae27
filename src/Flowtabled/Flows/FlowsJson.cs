using System.Text.Json;
using Flowtabled.Cli;
using Flowtabled.Engine.Flows;
using Flowtabled.Engine.Topology;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>Writes flows as JSON. The README says what each member means.</summary>
internal static class FlowsJson
{
    private const int Version = 1;

    public static void Write(Utf8JsonWriter json, FlowListing listing)
    {
        json.WriteNumber("version", Version);
        json.WriteStartObject("totals");
        WriteTotals(json, listing.Totals);
        json.WriteEndObject();
        json.WriteNumber("chosen", listing.Chosen);
        if (listing.IsWatched)
            json.WriteString("cursor", listing.Cursor);
        json.WriteStartArray("flows");
        foreach (var connection in listing.Connections)
        {
            json.WriteStartObject();
            Write(json, connection);
            if (listing.IsWatched)
                WriteHistory(json, connection.History);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A member for each path.</summary>
    public static void WriteTotals(Utf8JsonWriter json, PathTotals totals)
    {
        WriteTotal(json, "hardware", totals, FlowPath.Hardware);
        WriteTotal(json, "software", totals, FlowPath.Software);
        WriteTotal(json, "slow", totals, FlowPath.Slow);
    }

    /// <summary>The members of a total.</summary>
    public static void WriteTotal(Utf8JsonWriter json, in PathTotal total)
    {
        json.WriteNumber("flows", total.Flows);
        json.WriteNumber("unmeasured", total.Unmeasured);
        WriteNumber(json, "packets", total.IsMeasured ? total.Packets : null);
        WriteNumber(json, "bytes", total.IsMeasured ? total.Bytes : null);
    }

    /// <summary>A number, or null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, ulong? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteTotal(Utf8JsonWriter json, string name, PathTotals totals, FlowPath path)
    {
        json.WriteStartObject(name);
        WriteTotal(json, in totals[path]);
        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, ConnectionHistory? history)
    {
        WriteNumber(json, "on_path_for", (ulong?)history?.OnPathFor);
        WriteNumber(json, "fell_out", (ulong?)history?.Falls);
    }

    private static void Write(Utf8JsonWriter json, Connection connection)
    {
        ref readonly var entry = ref connection.Entry;
        var (path, facts) = (connection.Path, connection.Facts);
        json.WriteNumber("id", entry.Id);
        json.WriteString("path", Words.Snake(path));
        json.WriteBoolean("is_half", path != FlowPath.Slow && facts.IsHalf);
        if (path == FlowPath.Slow)
            json.WriteString("why_slow", Words.Snake(facts.WhySlow));
        else
            json.WriteNull("why_slow");
        json.WriteString("excluded_by", path == FlowPath.Slow ? connection.Excluder : null);
        json.WriteString("protocol", Protocols.Name(entry.Original.Protocol));
        var earlier = connection.History?.Earlier ?? default;
        WriteDirection(json, "original", in entry.Original, entry.OriginalCounters, earlier.OriginalPackets, earlier.OriginalBytes);
        WriteDirection(json, "reply", in entry.Reply, entry.ReplyCounters, earlier.ReplyPackets, earlier.ReplyBytes);
        WriteNumber(json, "rate", connection.Rate);
        WriteNumber(json, "started", entry.Start / 1_000_000_000);
        json.WriteBoolean("source_nat", (entry.Status & ConntrackStatus.SourceNat) != 0);
        json.WriteBoolean("destination_nat", (entry.Status & ConntrackStatus.DestinationNat) != 0);
        json.WriteNumber("mark", entry.Mark);
        WriteEnd(json, "client", connection.Client);
        WriteEnd(json, "server", connection.Server);
    }

    private static void WriteDirection(Utf8JsonWriter json, string name, in ConntrackTuple tuple, ConntrackCounters? counters, ulong packets, ulong bytes)
    {
        var hasPorts = Protocols.HasPorts(in tuple);
        json.WriteStartObject(name);
        json.WriteString("source", tuple.Source.ToString());
        WriteNumber(json, "source_port", hasPorts ? tuple.SourcePort : null);
        json.WriteString("destination", tuple.Destination.ToString());
        WriteNumber(json, "destination_port", hasPorts ? tuple.DestinationPort : null);
        json.WriteNumber("conntrack_zone", tuple.Zone);
        WriteNumber(json, "packets", counters?.Packets + packets);
        WriteNumber(json, "bytes", counters?.Bytes + bytes);
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, string name, ConnectionEnd end)
    {
        json.WriteStartObject(name);
        json.WriteString("device", end.Device is { } device ? DeviceName.Display(device) : null);
        JsonOutput.WriteStrings(json, "zones", end.Zones);
        json.WriteEndObject();
    }
}
