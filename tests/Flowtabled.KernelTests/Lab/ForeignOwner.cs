namespace Flowtabled.KernelTests.Lab;

/// <summary>An nft that runs and owns a table of our name in the router's namespace.</summary>
internal sealed class ForeignOwner : IDisposable
{
    private readonly BackgroundProcess _process = new(
        "ip", "netns", "exec", "router", "sh", "-c", "{ echo 'add table inet flowtabled { flags owner; }'; exec sleep 1000; } | nft -i");

    public ForeignOwner()
    {
        Eventually.Is(
            () => Topology.InRouter("nft", "list", "tables").Contains("inet flowtabled", StringComparison.Ordinal),
            "nft's own table",
            otherwise: () => _process.Output);
    }

    public void Dispose() => _process.Dispose();
}
