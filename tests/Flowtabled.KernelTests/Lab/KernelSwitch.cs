namespace Flowtabled.KernelTests.Lab;

/// <summary>A switch that only the lab's own kernel has.</summary>
/// <param name="path">Its file in sysfs.</param>
internal sealed class KernelSwitch(string path)
{
    /// <summary>As OpenWrt's kernels do: a device that cannot offload is taken into a hardware flowtable all the same.</summary>
    public static KernelSwitch HidesUnsupported { get; } = new("/sys/module/nf_tables/parameters/hide_unsupported");

    public bool IsThere => File.Exists(path);

    /// <summary>Switches it on until what is returned is disposed.</summary>
    public IDisposable On()
    {
        File.WriteAllText(path, "Y");
        return new Reset(path);
    }

    private sealed class Reset(string path) : IDisposable
    {
        public void Dispose() => File.WriteAllText(path, "N");
    }
}
