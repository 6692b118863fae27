using Flowtabled.Kernel;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon;

/// <summary>Connections in flowtables that may be in the firewall's.</summary>
/// <param name="keys">By <see cref="ConnectionKey"/>.</param>
/// <param name="areAllOthers">Whether they are all but those: it is not known which.</param>
internal sealed class Strays(ulong[] keys, bool areAllOthers)
{
    /// <summary>Whether a connection is one of them.</summary>
    public bool Contain(in ConntrackEntry connection) => keys.AsSpan().Contains(ConnectionKey.Of(in connection.Original)) != areAllOthers;
}
