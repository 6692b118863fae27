using Flowtabled.Config;
using Flowtabled.Daemon;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Doctor;

/// <summary>What the checks look at, each part read when the first check asks for it. What cannot be read throws.</summary>
/// <param name="paths">Where the configuration is.</param>
/// <param name="places">Where the rest is.</param>
/// <param name="files">The configuration, where it was read before.</param>
internal sealed class Patient(ConfigPaths paths, Places places, ConfigFiles? files = null) : IDisposable
{
    private ConfigSnapshot? _config;
    private NftClient? _nft;
    private KernelSession? _kernel;
    private Assessment? _assessment;

    public Places Places => places;

    public ConfigSnapshot Config => _config ??= (files ?? ConfigFiles.OfCommand(paths, Daemon)).Read();

    /// <summary>The state of the daemon; null when none runs.</summary>
    public DaemonState? Daemon { get; } = new StateFile(paths.RunDirectory).ReadIfRunning();

    /// <summary>The ruleset.</summary>
    public NftClient Nft => _nft ??= new NftClient(new NetlinkSocket(NetlinkUapi.NETLINK_NETFILTER));

    /// <summary>The kernel as the daemon that runs takes it, or one would that starts now.</summary>
    public KernelSession Kernel => _kernel ??= KernelSession.Open(Daemon?.PlainTable ?? false);

    /// <summary>How things are and should be, as that daemon sees them.</summary>
    /// <exception cref="CheckException">The configuration cannot be read.</exception>
    public Assessment Assessment => _assessment ??= Assess();

    /// <summary>A sysctl by its path, <c>net/ipv4/ip_forward</c>; null when this kernel does not have it, or not yet.</summary>
    public string? Sysctl(string name) => FileBytes.ReadTextIfExists(Path.Combine(places.Sysctls, name))?.Trim();

    public void Dispose()
    {
        _kernel?.Dispose();
        _nft?.Dispose();
    }

    private Assessment Assess()
    {
        if (!Config.IsComplete)
            throw new CheckException("the configuration cannot be read");
        Kernel.Distrust = Daemon?.Distrust;
        return Kernel.Assess(Config, Daemon?.Port ?? Kernel.Port);
    }
}

/// <summary>Where checks find what is neither configuration nor ruleset.</summary>
/// <param name="Uncommitted">Where <c>uci set</c> keeps changes until <c>uci commit</c>.</param>
/// <param name="Sysctls">Where the kernel's switches are.</param>
/// <param name="Debug">Where drivers show what they know: debugfs.</param>
internal sealed record Places(string Uncommitted, string Sysctls, string Debug)
{
    /// <summary>Where they are on a router.</summary>
    public static Places Usual { get; } = new("/tmp/.uci", "/proc/sys", "/sys/kernel/debug");
}

/// <summary>A check cannot look; the message says why.</summary>
internal sealed class CheckException(string message) : Exception(message);
