using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>What one direction of a connection carried (CTA_COUNTERS_*).</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Bytes, IP headers included.</param>
public readonly record struct ConntrackCounters(ulong Packets, ulong Bytes)
{
    /// <summary>Reads the nest CTA_COUNTERS_ORIG or CTA_COUNTERS_REPLY, the current attribute of <paramref name="attribute"/>.</summary>
    /// <exception cref="NetlinkFormatException">It is malformed.</exception>
    internal static ConntrackCounters Read(in AttributeReader attribute)
    {
        var (packets, bytes) = (0UL, 0UL);
        var parts = attribute.GetNested();
        while (parts.Read())
        {
            switch (parts.Type)
            {
                case CtNetlink.CTA_COUNTERS_PACKETS:
                    packets = parts.GetUInt64BigEndian();
                    break;
                case CtNetlink.CTA_COUNTERS_BYTES:
                    bytes = parts.GetUInt64BigEndian();
                    break;
            }
        }

        return new ConntrackCounters(packets, bytes);
    }
}
