using Flowtabled.Config;

namespace Flowtabled.Native;

/// <summary>Tells one boot of the machine from another (Documentation/admin-guide/sysctl/kernel.rst, random).</summary>
internal static class BootId
{
    /// <summary>This one's: a UUID; "none" where /proc does not have it.</summary>
    public static string Current { get; } = FileBytes.ReadTextIfExists("/proc/sys/kernel/random/boot_id")?.Trim() ?? "none";
}
