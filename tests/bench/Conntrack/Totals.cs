using Flowtabled.Netlink.Conntrack;

/// <summary>What a dump adds up to: as much of each connection as the C peer reads.</summary>
internal struct Totals : IConntrackHandler
{
    public ulong Entries, Offloaded, Tcp, Marked, Packets, Checksum;

    public void Restart() => this = default;

    public void Handle(in ConntrackEntry entry)
    {
        Entries++;
        if (entry.IsOffloaded)
            Offloaded++;
        if (entry.Original.Protocol == 6)
            Tcp++;
        if (entry.Mark != 0)
            Marked++;
        Packets += (entry.OriginalCounters?.Packets ?? 0) + (entry.ReplyCounters?.Packets ?? 0);
        Checksum += (ulong)entry.Id + (entry.Timeout ?? 0) + entry.Use + entry.Original.SourcePort + entry.Reply.DestinationPort + (entry.Start ?? 0)
            + (ulong)(entry.TcpState ?? 0);
    }
}
