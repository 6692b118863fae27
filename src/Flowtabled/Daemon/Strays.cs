using Flowtabled.Kernel;
using Flowtabled.Netlink.Conntrack;

namespace Flowtabled.Daemon;

/// <summary>Connections in flowtables that may be in the firewall's.</summary>
/// <param name="keys">By <see cref="ConnectionKey"/>; null where it is not known which.</param>
internal sealed class Strays(ulong[]? keys)
{
    /// <summary>Whether a connection is one of them.</summary>
    public bool Contain(in ConntrackEntry connection)
    {
        if (keys is null)
            return true;
        var key = ConnectionKey.Of(in connection.Original);
        foreach (var stray in keys)
        {
            if (stray == key)
                return true;
        }

        return false;
    }
}
