namespace Flowtabled.Netlink.Nftables;

/// <summary>The kernel's times of sets and elements, 64 bits of milliseconds.</summary>
internal static class Milliseconds
{
    /// <summary>As a time span, which holds less: what is too long for it becomes the longest.</summary>
    public static TimeSpan Read(ulong milliseconds) =>
        milliseconds < (ulong)TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds((long)milliseconds) : TimeSpan.MaxValue;
}
