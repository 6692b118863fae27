using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Kernel;

/// <summary>
/// Ends connections whose packets would leave with an address that this system has lost. Masquerading does that by itself, but only for connections
/// of which it knows the device: one that was rehomed has none (nf_nat_masquerade.c: masq_index).
/// </summary>
internal static class LostTranslations
{
    /// <summary>Ends them; how many there were.</summary>
    /// <exception cref="NetlinkException">The kernel does not answer, or has no ctnetlink.</exception>
    public static int End(ConntrackClient conntrack, IReadOnlyList<AddressLoss> losses)
    {
        var found = new Connections([], losses);
        conntrack.Dump(ConntrackStatus.SourceNat, ConntrackStatus.SourceNat, ref found);
        var ended = 0;
        foreach (var connection in found.List)
        {
            if (conntrack.TryDelete(in connection.Original, connection.Id))
                ended++;
        }

        return ended;
    }

    private readonly struct Connections(List<Connection> list, IReadOnlyList<AddressLoss> losses) : IConntrackHandler
    {
        public List<Connection> List => list;

        public void Restart() => list.Clear();

        public void Handle(in ConntrackEntry entry)
        {
            foreach (var loss in losses)
            {
                if (entry.Reply.Destination == loss.Address)
                    list.Add(new Connection(entry.Original, entry.Id));
            }
        }
    }

    private sealed class Connection(ConntrackTuple original, uint id)
    {
        private readonly ConntrackTuple _original = original;

        public ref readonly ConntrackTuple Original => ref _original;

        public uint Id => id;
    }
}
