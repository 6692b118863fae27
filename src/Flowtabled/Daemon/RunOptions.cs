using Flowtabled.Config;

namespace Flowtabled.Daemon;

/// <summary>What <c>flowtabled run</c> was called with.</summary>
/// <param name="Paths">Where the configuration is, and where state is kept.</param>
/// <param name="Keep">Whether the table stays when the daemon ends.</param>
/// <param name="PlainTable">Whether to do without owner and persist where the kernel has them.</param>
/// <param name="Window">Milliseconds for which traffic must show something about the hardware before it is believed.</param>
internal sealed record RunOptions(ConfigPaths Paths, bool Keep, bool PlainTable, int Window);
