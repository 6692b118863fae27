using Flowtabled.Engine.Flows;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Flows;

/// <summary>Which connections are meant: those that have all that is set.</summary>
internal sealed record ConnectionChoice
{
    public FlowPath? Path { get; init; }

    /// <summary>An address of either end, before or after translation.</summary>
    public InetAddress? Host { get; init; }

    /// <summary>A port of either end, before or after translation.</summary>
    public ushort? Port { get; init; }

    /// <summary>CTA_ID.</summary>
    public uint? Id { get; init; }

    /// <summary>A zone of the firewall that either end is in; <see cref="Matches"/> does not know it.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether nothing is set.</summary>
    public bool IsAll => this is { Path: null, Host: null, Port: null, Id: null, Zone: null };

    /// <summary>Whether an entry is meant, as far as it tells.</summary>
    public bool Matches(in ConntrackEntry entry) =>
        (Path is not { } path || Connection.PathOf(in entry) == path)
        && (Id is not { } id || entry.Id == id)
        && (Host is not { } host || Has(in entry.Original, host) || Has(in entry.Reply, host))
        && (Port is not { } port || Has(in entry.Original, port) || Has(in entry.Reply, port));

    private static bool Has(in ConntrackTuple tuple, InetAddress host) => tuple.Source == host || tuple.Destination == host;

    private static bool Has(in ConntrackTuple tuple, ushort port) =>
        Protocols.HasPorts(in tuple) && (tuple.SourcePort == port || tuple.DestinationPort == port);
}
