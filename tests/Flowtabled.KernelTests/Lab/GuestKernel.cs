namespace Flowtabled.KernelTests.Lab;

/// <summary>What the guest's kernel can do, by its version: what a test sees of the daemon must agree with it.</summary>
internal static class GuestKernel
{
    private static readonly Version s_release = Version.Parse(File.ReadAllText("/proc/sys/kernel/osrelease").Split('-', '+', '\n')[0]);

    /// <summary>Whether it is the one that the lab builds, with its patches: User Mode Linux.</summary>
    public static bool IsTheLabs { get; } = File.ReadAllText("/proc/cpuinfo").Contains("User Mode Linux", StringComparison.Ordinal);

    /// <summary>Whether it points at the device that it refuses (6.4 and later).</summary>
    public static bool PointsAtDevices => s_release >= new Version(6, 4);

    /// <summary>Whether tables can be had that outlive their owner (6.9 and later).</summary>
    public static bool HasPersistentTables => s_release >= new Version(6, 9);
}
