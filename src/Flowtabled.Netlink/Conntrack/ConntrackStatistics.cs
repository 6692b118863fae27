namespace Flowtabled.Netlink.Conntrack;

/// <summary>What conntrack counted since the namespace began, summed over the processors, and how full its table is.</summary>
public struct ConntrackStatistics
{
    /// <summary>Tracked connections now.</summary>
    public int Entries { get; internal set; }

    /// <summary>How many there may be: sysctl nf_conntrack_max.</summary>
    public int Maximum { get; internal set; }

    /// <summary>CTA_STATS_FOUND: clashes with an entry of another's translation that were found when one was chosen.</summary>
    public ulong Found { get; internal set; }

    /// <summary>CTA_STATS_INVALID: packets that belong to no connection and cannot begin one.</summary>
    public ulong Invalid { get; internal set; }

    /// <summary>CTA_STATS_INSERT: entries that ctnetlink made.</summary>
    public ulong Inserted { get; internal set; }

    /// <summary>CTA_STATS_INSERT_FAILED: entries that lost a race against another, their packets dropped.</summary>
    public ulong InsertFailed { get; internal set; }

    /// <summary>CTA_STATS_DROP: packets dropped because no entry could be made: the table is full, or memory short.</summary>
    public ulong Dropped { get; internal set; }

    /// <summary>CTA_STATS_EARLY_DROP: entries that gave way to new ones in a full table.</summary>
    public ulong EarlyDropped { get; internal set; }

    /// <summary>CTA_STATS_ERROR: ICMP errors that could not be tracked.</summary>
    public ulong Errors { get; internal set; }

    /// <summary>CTA_STATS_SEARCH_RESTART: lookups begun again because the table was resized.</summary>
    public ulong SearchRestarts { get; internal set; }

    /// <summary>CTA_STATS_CLASH_RESOLVE: races of two packets of a new connection that were settled.</summary>
    public ulong ClashesResolved { get; internal set; }

    /// <summary>CTA_STATS_CHAIN_TOOLONG: new connections refused because too many share a bucket.</summary>
    public ulong ChainsTooLong { get; internal set; }
}
