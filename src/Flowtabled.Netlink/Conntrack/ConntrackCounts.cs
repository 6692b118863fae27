namespace Flowtabled.Netlink.Conntrack;

/// <summary>How many connections take which path.</summary>
/// <param name="Total">Tracked connections of the namespace.</param>
/// <param name="Software">Those in a flowtable that no hardware took.</param>
/// <param name="Hardware">Those in a flowtable that hardware took, in one direction at least.</param>
public readonly record struct ConntrackCounts(int Total, int Software, int Hardware)
{
    /// <summary>How many there may be: sysctl nf_conntrack_max; 0 where the kernel does not say so (before 4.18).</summary>
    public int Maximum { get; init; }
}
