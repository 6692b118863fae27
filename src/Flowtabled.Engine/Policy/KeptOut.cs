using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Engine.Policy;

/// <summary>
/// The connections that both our tables leave on the slow path, whatever their devices: those of excluded hosts and ports, and those that are held
/// there for a while. Both directions of one must miss the rule that offloads: either takes both.
/// </summary>
public sealed class KeptOut
{
    /// <summary>The name of the set of excluded IPv4 hosts; it is there only while there are any, as the two below.</summary>
    public const string Hosts4 = "excluded_hosts4";

    /// <summary>The name of the set of excluded IPv6 hosts.</summary>
    public const string Hosts6 = "excluded_hosts6";

    /// <summary>The name of the set of excluded ports.</summary>
    public const string Ports = "excluded_ports";

    /// <summary>The name of the set of IPv4 connections that are held on the slow path.</summary>
    public const string Held4 = "held4";

    /// <summary>The name of the set of IPv6 connections that are held on the slow path.</summary>
    public const string Held6 = "held6";

    internal KeptOut(ImmutableArray<NamedExclusion> exclusions)
    {
        var hosts = HostRange.Merge(exclusions.SelectMany(static exclusion => exclusion.Hosts));
        var ports = PortRange.Merge(exclusions.SelectMany(static exclusion => exclusion.Ports));
        var sets = new List<SetSpec>();
        var rules = new List<RuleSpec>();
        Add(Hosts4, SetType.Address4, [.. hosts.Where(static host => !host.IsV6).Select(static host => host.ToString())]);
        Add(Hosts6, SetType.Address6, [.. hosts.Where(static host => host.IsV6).Select(static host => host.ToString())]);
        Add(Ports, SetType.Port, [.. ports.Select(static port => port.ToString())]);
        sets.Add(new SetSpec(Held4, SetType.Connection4, []));
        sets.Add(new SetSpec(Held6, SetType.Connection6, []));
        rules.Add(OfPorts(ConnectionPart.Whole4, Held4, "held on the slow path"));
        rules.Add(OfPorts(ConnectionPart.Whole6, Held6, "held on the slow path"));
        (Sets, Rules) = ([.. sets], [.. rules]);

        void Add(string set, SetType type, ImmutableArray<string> elements)
        {
            if (elements.IsEmpty)
                return;
            sets.Add(new SetSpec(set, type, elements));
            rules.AddRange(type switch
            {
                SetType.Address4 => [Of(ConnectionPart.Client4, set, "from an excluded host"), Of(ConnectionPart.Server4, set, "to an excluded host")],
                SetType.Address6 => [Of(ConnectionPart.Client6, set, "from an excluded host"), Of(ConnectionPart.Server6, set, "to an excluded host")],
                _ => (ReadOnlySpan<RuleSpec>)
                    [OfPorts(ConnectionPart.ClientPort, set, "from an excluded port"), OfPorts(ConnectionPart.ServerPort, set, "to an excluded port")],
            });
        }
    }

    /// <summary>The sets that <see cref="Rules"/> look up.</summary>
    internal ImmutableArray<SetSpec> Sets { get; }

    /// <summary>The rules, to come before the one that offloads.</summary>
    internal ImmutableArray<RuleSpec> Rules { get; }

    private static RuleSpec Of(ConnectionPart part, string set, string comment) => new([new ConnectionInSet(part, set), new ReturnVerdict()], comment);

    // nft knows what the ports are only where the protocol is known.
    private static RuleSpec OfPorts(ConnectionPart part, string set, string comment) => new(
        [new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new ConnectionInSet(part, set), new ReturnVerdict()], comment);
}
