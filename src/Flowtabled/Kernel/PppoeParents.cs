using System.Text;
using Flowtabled.Config;
using Flowtabled.Engine.Config;

namespace Flowtabled.Kernel;

/// <summary>
/// Which device a PPPoE session runs over. Netlink does not tell, and /proc/net/pppoe (drivers/net/ppp/pppoe.c) lists the devices below but not the
/// ppp device of each; the configuration joins the two.
/// </summary>
internal sealed class PppoeParents
{
    private const string ProcFile = "/proc/net/pppoe";

    private readonly HashSet<string> _below;
    private readonly NetworkConfig _network;

    private PppoeParents(HashSet<string> below, NetworkConfig network)
    {
        _below = below;
        _network = network;
    }

    /// <summary>Reads the sessions of this network namespace; none on a kernel without PPPoE.</summary>
    public static PppoeParents Read(NetworkConfig network) => Parse(FileBytes.ReadIfExists(ProcFile), network);

    /// <summary>Parses /proc/net/pppoe: a heading, then a line for each session: id in hexadecimal, address of the peer, device.</summary>
    public static PppoeParents Parse(ReadOnlySpan<byte> table, NetworkConfig network)
    {
        var below = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Encoding.Latin1.GetString(table).Split('\n').Skip(1))
        {
            // A name can hold no white space, and stands last.
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var device])
                below.Add(device);
        }

        return new PppoeParents(below, network);
    }

    /// <summary>
    /// The device below the ppp device <paramref name="name"/>; null when it cannot be told. The network's own <c>device</c> decides; without one,
    /// the only session there is belongs to the only ppp device there is.
    /// </summary>
    /// <param name="name">The ppp device.</param>
    /// <param name="isOnly">Whether it is the only ppp device.</param>
    public string? Find(string name, bool isOnly)
    {
        foreach (var network in _network.Interfaces)
        {
            if (network.Proto == "pppoe" && name == $"pppoe-{network.Name}" && network.Device is { } device && _below.Contains(device))
                return device;
        }

        return isOnly && _below.Count == 1 ? _below.FirstOrDefault(static _ => true) : null;
    }
}
