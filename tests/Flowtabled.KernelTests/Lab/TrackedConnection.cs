namespace Flowtabled.KernelTests.Lab;

/// <summary>A TCP or UDP connection of the router, in conntrack's words.</summary>
/// <param name="Name">Who began it and to where, before translation: <c>tcp 192.168.1.2:40000 198.51.100.1</c>. In the lab an address has one port.</param>
/// <param name="Id">The number of its entry.</param>
/// <param name="IsOffloaded">Whether it is in a flowtable.</param>
/// <param name="Line">All of it.</param>
internal sealed record TrackedConnection(string Name, string Id, bool IsOffloaded, string Line)
{
    /// <summary>All of them, by name.</summary>
    public static SortedDictionary<string, TrackedConnection> List()
    {
        var all = new SortedDictionary<string, TrackedConnection>(StringComparer.Ordinal);
        foreach (var line in Topology.InRouter("conntrack", "-L", "-o", "id").Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not ["tcp" or "udp", ..])
                continue;
            // The first of each is the original direction's.
            var name = NameOf(words[0], Value(words, "src="), Value(words, "sport="), Value(words, "dst="));
            all.Add(name, new TrackedConnection(name, Value(words, "id="), line.Contains("[OFFLOAD]", StringComparison.Ordinal), line));
        }

        return all;
    }

    public static string NameOf(string protocol, string source, string sourcePort, string destination) =>
        $"{protocol} {source}:{sourcePort} {destination}";

    /// <summary>Whether either end has this address, before or after translation.</summary>
    public bool IsOf(string address) => Has($"src={address}") || Has($"dst={address}");

    /// <summary>Likewise this port.</summary>
    public bool IsOf(int port) => Has($"sport={port}") || Has($"dport={port}");

    private bool Has(string word) => Array.IndexOf(Line.Split(' '), word) >= 0;

    private static string Value(string[] words, string name) => Array.Find(words, word => word.StartsWith(name, StringComparison.Ordinal))![name.Length..];
}
