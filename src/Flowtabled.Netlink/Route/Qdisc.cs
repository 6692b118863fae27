using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Netlink.Route;

/// <summary>A queueing discipline of a device (RTM_NEWQDISC; struct tcmsg, linux/rtnetlink.h).</summary>
/// <param name="Device">Index of the device.</param>
/// <param name="Kind">TCA_KIND: "fq_codel", "cake", "htb", "ingress", "clsact", ...</param>
/// <param name="Handle">Its name, major number in the upper 16 bits: 0x80010000 is "8001:". 0 for one that the kernel made by default.</param>
/// <param name="Parent">Where it hangs: TC_H_ROOT, TC_H_INGRESS ("ingress" and "clsact") or a class of another qdisc.</param>
public sealed record Qdisc(int Device, string Kind, uint Handle, uint Parent)
{
    /// <summary>Whether it is the device's root qdisc.</summary>
    public bool IsRoot => Parent == PktSched.TC_H_ROOT;

    /// <summary>Whether it is the hook ("ingress" or "clsact") of filters that see what comes in, rather than a queue.</summary>
    public bool IsIngress => Parent == PktSched.TC_H_INGRESS;

    /// <exception cref="NetlinkFormatException">The message is malformed or names no kind.</exception>
    internal static bool TryDecode(scoped in MessageReader message, out Qdisc qdisc)
    {
        var header = message.Fixed<TrafficControlMessage>();
        string? kind = null;
        var attributes = message.Attributes(TrafficControlMessage.Size);
        while (attributes.Read())
        {
            if (attributes.Type == RtNetlink.TCA_KIND)
                kind = attributes.GetString();
        }

        if (string.IsNullOrEmpty(kind))
            throw new NetlinkFormatException(message.Header.Type, null, NetlinkHeader.Size, $"a qdisc of device {header.Index} has no kind");
        qdisc = new Qdisc(header.Index, kind, header.Handle, header.Parent);
        return true;
    }
}
