using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Conntrack;

/// <summary>What one direction of a connection carried (CTA_COUNTERS_*).</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Bytes, IP headers included.</param>
public readonly record struct ConntrackCounters(ulong Packets, ulong Bytes)
{
    /// <exception cref="NetlinkFormatException">The nest is malformed.</exception>
    internal static ConntrackCounters Read(AttributeReader parts)
    {
        var (packets, bytes) = (0UL, 0UL);
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
