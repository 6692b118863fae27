namespace Flowtabled.KernelTests.Lab;

/// <summary>A stand-in for fw4 where fw4 is installed, in this guest only: whoever looks for it finds it.</summary>
internal sealed class InstalledFirewall : IDisposable
{
    private const string Path = "/sbin/fw4";

    public InstalledFirewall() => File.WriteAllText(Path, "");

    public void Dispose() => File.Delete(Path);
}
