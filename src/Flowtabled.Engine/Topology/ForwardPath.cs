using System.Collections.Immutable;

namespace Flowtabled.Engine.Topology;

/// <summary>
/// The way that the kernel goes from an l3 device down to where its packets come in: <c>dev_fill_forward_path</c> (net/core/dev.c) and
/// <c>nft_dev_path_info</c> (net/netfilter/nft_flow_offload.c). A VLAN and a PPPoE session lead on to the device below, a bridge leads on
/// to one of its ports, and everything else (ports, DSA user ports, tunnels, bonds, macvlans) is the end.
/// </summary>
public sealed class ForwardPath
{
    /// <summary><c>NF_FLOW_TABLE_ENCAP_MAX</c> (net/netfilter/nf_flow_table.h): the most VLAN and PPPoE headers of one flow.</summary>
    public const int MaxEncapsulations = 2;

    private ForwardPath(ImmutableArray<Device> stack, ImmutableArray<Device> ends)
    {
        Stack = stack;
        Ends = ends;
    }

    /// <summary>From the l3 device down to the end of the path, or to the first bridge on it; never empty.</summary>
    public ImmutableArray<Device> Stack { get; }

    /// <summary>
    /// Where the path can end: one device, or with a bridge on the way one for each port; none for a bridge without ports.
    /// </summary>
    public ImmutableArray<Device> Ends { get; }

    /// <summary>The bridge on the way; <see langword="null"/> when there is none.</summary>
    public Device? Bridge => Stack[^1].Kind == DeviceKind.Bridge ? Stack[^1] : null;

    /// <summary>How many headers, VLAN or PPPoE, the packets have at the end of <see cref="Stack"/>.</summary>
    public int Encapsulations => Stack.Length - 1;

    /// <summary>
    /// Walks the path of <paramref name="device"/>. A stack that comes back to itself, which only a torn dump has, ends there.
    /// </summary>
    public static ForwardPath Walk(DeviceGraph graph, Device device)
    {
        var stack = ImmutableArray.CreateBuilder<Device>();
        var visited = new HashSet<Device>();
        for (var at = device; at is not null && visited.Add(at); at = graph.Lower(at))
            stack.Add(at);

        var ends = new List<Device>();
        AddEnds(graph, stack[^1], [], ends);
        return new ForwardPath(stack.ToImmutable(), [.. ends.Sorted(static (left, right) => left.Index.CompareTo(right.Index))]);
    }

    private static void AddEnds(DeviceGraph graph, Device device, HashSet<Device> visited, List<Device> ends)
    {
        if (!visited.Add(device))
            return;

        if (device.Kind == DeviceKind.Bridge)
        {
            foreach (var port in graph.Ports(device))
                AddEnds(graph, port, visited, ends);
        }
        else if (graph.Lower(device) is { } lower)
        {
            AddEnds(graph, lower, visited, ends);
        }
        else
        {
            ends.Add(device);
        }
    }
}
