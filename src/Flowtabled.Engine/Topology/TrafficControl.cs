namespace Flowtabled.Engine.Topology;

/// <summary>Which queueing disciplines must see every packet of their device for what the user set up to work.</summary>
internal static class TrafficControl
{
    /// <summary>
    /// The kind of the first discipline of <paramref name="device"/> that a packet must not pass by: one that shapes what leaves, or one
    /// that filters what comes in (a policer, or the way to an ifb). <see langword="null"/> when there is none: what the kernel puts on
    /// devices by itself (mq, fq_codel, noqueue) only queues.
    /// </summary>
    public static string? Find(Device device)
    {
        foreach (var kind in device.Qdiscs)
        {
            if (kind is "cake" or "cake_mq" or "cbq" or "hfsc" or "htb" or "netem" or "tbf" or "ingress" or "clsact")
                return kind;
        }

        return null;
    }
}
