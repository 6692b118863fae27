using System.Collections.Immutable;
using Flowtabled.Engine.Config;
using Flowtabled.Flows;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Kernel;

/// <summary>Which connections the rules for excluded hosts and ports keep on the slow path.</summary>
internal static class KeptOutTraffic
{
    /// <summary>The name of the first exclusion that names an end of a connection; null when none does.</summary>
    public static string? WhoExcludes(ImmutableArray<NamedExclusion> exclusions, in ConntrackEntry entry)
    {
        foreach (var exclusion in exclusions)
        {
            if (Names(exclusion, in entry.Original) || Names(exclusion, in entry.Reply))
                return exclusion.Name;
        }

        return null;
    }

    // Each end as it knows itself: where its own packets come from.
    private static bool Names(NamedExclusion exclusion, in ConntrackTuple tuple)
    {
        Span<byte> address = stackalloc byte[16];
        tuple.Source.CopyTo(address);
        return exclusion.Names(address[..tuple.Source.Size], Protocols.HasPorts(in tuple) ? tuple.SourcePort : null);
    }
}
