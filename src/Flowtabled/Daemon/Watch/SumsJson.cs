using System.Collections.Immutable;
using System.Text.Json;
using Flowtabled.Flows;

namespace Flowtabled.Daemon.Watch;

/// <summary>Writes sums as JSON. The README says what each member means.</summary>
internal static class SumsJson
{
    private const int Version = 1;

    public static void Write(Utf8JsonWriter json, FlowSums sums)
    {
        json.WriteNumber("version", Version);
        if (sums.Accounting is { } accounting)
            json.WriteBoolean("accounting", accounting);
        else
            json.WriteNull("accounting");
        json.WriteStartObject("totals");
        FlowsJson.WriteTotals(json, sums.Totals);
        json.WriteEndObject();
        WriteFalls(json, sums);
        json.WriteNumber("event_losses", sums.Watch.Losses);
        json.WriteNumber("watched", sums.Watched);
        json.WriteNumber("others", sums.Others);
        Write(json, "hosts", "host", sums.Hosts);
        Write(json, "devices", "device", sums.Devices);
        Write(json, "zones", "zone", sums.Zones);
    }

    private static void WriteFalls(Utf8JsonWriter json, FlowSums sums)
    {
        // Without counters one that fell out is not told from one that was idle.
        var isKnown = sums.Accounting == true;
        json.WriteStartObject("fell_out");
        FlowsJson.WriteNumber(json, "hardware", isKnown ? (ulong)sums.Watch.FellOutOfHardware : null);
        FlowsJson.WriteNumber(json, "software", isKnown ? (ulong)sums.Watch.FellOutOfSoftware : null);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string member, ImmutableArray<FlowSum> sums)
    {
        json.WriteStartArray(name);
        foreach (var sum in sums)
        {
            json.WriteStartObject();
            json.WriteString(member, sum.Name);
            FlowsJson.WriteTotal(json, in sum.Total);
            FlowsJson.WriteNumber(json, "rate", sum.Total.IsMeasured ? (ulong)sum.Rate : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
