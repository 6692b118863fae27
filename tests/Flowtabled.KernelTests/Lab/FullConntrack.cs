namespace Flowtabled.KernelTests.Lab;

/// <summary>Leaves no room for another connection, in any namespace, until it is disposed: so none can be rehomed, and those that are there go on.</summary>
internal sealed class FullConntrack : IDisposable
{
    private const string Maximum = "/proc/sys/net/netfilter/nf_conntrack_max";

    private readonly string _before = File.ReadAllText(Maximum);

    public FullConntrack() => File.WriteAllText(Maximum, "1");

    public void Dispose() => File.WriteAllText(Maximum, _before);
}
