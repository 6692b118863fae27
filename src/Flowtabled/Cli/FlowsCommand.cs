using System.Globalization;
using Flowtabled.Engine.Flows;
using Flowtabled.Flows;
using Flowtabled.Native;
using Flowtabled.Netlink;

namespace Flowtabled.Cli;

internal static class FlowsCommand
{
    private const string Any = "any";
    private const int RateInterval = 1000; // milliseconds
    private const int MostShown = 100_000;

    private static readonly ChoiceOption<PathChoice> PathOption = new("--path", PathChoice.Any, "only flows of this path");
    private static readonly ValueOption Host = new("--host", "ADDRESS", Any, "only flows of this address, before or after translation");
    private static readonly ValueOption Port = new("--port", "PORT", Any, "only flows of this port, before or after translation");
    private static readonly ValueOption Zone = new("--zone", "ZONE", Any, "only flows of this zone of the firewall");
    private static readonly ChoiceOption<FlowOrder> Sort = new("--sort", FlowOrder.Bytes, "what comes first; rate takes a second to measure");
    private static readonly Flag Watch = new("--watch", "show them on the whole terminal, again about every second; q ends it");
    private static readonly ValueOption Limit = new("--limit", "COUNT", "100", "how many flows to show");

    public static readonly Command Command = new("flows", "show each connection: its path, what it carries, and why it is slow", Execute)
    {
        Options =
        [
            CommonOptions.Json, Watch, PathOption, Host, Port, Zone, Sort, Limit, CommonOptions.ConfigDirectory, CommonOptions.RunDirectory,
        ],
    };

    internal enum PathChoice
    {
        Any,
        Hw,
        Sw,
        Slow,
    }

    private static int Execute(Invocation call)
    {
        var choice = new ConnectionChoice
        {
            Path = call.Get(PathOption) switch
            {
                PathChoice.Hw => FlowPath.Hardware,
                PathChoice.Sw => FlowPath.Software,
                PathChoice.Slow => FlowPath.Slow,
                _ => null,
            },
            Host = call.Get(Host) is var host && host != Any ? ParseAddress(host) : null,
            Port = call.Get(Port) is var port && port != Any ? (ushort)ParseNumber(Port, port, ushort.MaxValue) : null,
            Zone = call.Get(Zone) is var zone && zone != Any ? zone : null,
        };
        var limit = ParseNumber(Limit, call.Get(Limit), MostShown);
        var order = call.Get(Sort);
        if (call.Has(Watch))
            return WatchFlows(call, choice, limit, order);

        using var reader = Open(call, choice);
        EarlierBytes? earlier = null;
        if (order == FlowOrder.Rate)
        {
            earlier = new EarlierBytes();
            reader.Note(earlier);
            Thread.Sleep(RateInterval);
        }

        var listing = reader.Read(choice, limit, Comparison(order), earlier);
        if (call.Has(CommonOptions.Json))
            JsonOutput.Write(call.Output, json => FlowsJson.Write(json, listing));
        else
            FlowsText.Write(call.Output, listing, Terminal.Columns);
        return ExitStatus.Fine;
    }

    private static int WatchFlows(Invocation call, ConnectionChoice choice, int limit, FlowOrder order)
    {
        if (call.Has(CommonOptions.Json))
            throw new CommandException($"{Watch.Name} is for people and {CommonOptions.Json.Name} for programs: choose one", ExitStatus.Usage);
        if (!Screen.IsThere)
            throw new CommandException($"{Watch.Name} takes a terminal, as standard input and output", ExitStatus.Usage);
        using var reader = Open(call, choice);
        using var watch = new FlowsWatch();
        watch.Run(call.Output, reader, choice, limit, Comparison(order));
        return ExitStatus.Fine;
    }

    private static FlowsReader Open(Invocation call, ConnectionChoice choice)
    {
        var reader = new FlowsReader(call.Paths());
        if (choice.Zone is { } zone && reader.Zones is { } zones && !zones.Any(known => known.Name == zone))
        {
            reader.Dispose();
            throw new CommandException($"the firewall has no zone '{zone}': {string.Join(", ", zones.Select(static known => known.Name))}", ExitStatus.Usage);
        }

        return reader;
    }

    internal static Comparison<Connection> Comparison(FlowOrder order) => order switch
    {
        FlowOrder.Rate => static (left, right) => (right.Rate ?? 0).CompareTo(left.Rate ?? 0),
        // One whose begin is not known comes last.
        FlowOrder.Age => static (left, right) => (left.Entry.Start ?? ulong.MaxValue).CompareTo(right.Entry.Start ?? ulong.MaxValue),
        _ => static (left, right) => (right.Bytes ?? 0).CompareTo(left.Bytes ?? 0),
    };

    private static InetAddress ParseAddress(string text) =>
        InetAddress.TryParse(text) ?? throw new CommandException($"'{text}' is no IP address", ExitStatus.Usage);

    private static int ParseNumber(Option option, string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : throw new CommandException($"{option.Name} is a number from 1 to {most}, not '{text}'", ExitStatus.Usage);
}
