using Flowtabled.Config;
using Flowtabled.Engine.Config;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Kernel;

/// <summary>
/// Switches on that conntrack counts what connections carry (sysctl nf_conntrack_acct), for those that begin from then on. It stays on at an end: connections
/// that go on count still.
/// </summary>
/// <param name="logger">Hears of it.</param>
/// <param name="sysctls">Where the kernel's switches are.</param>
internal sealed class AccountingSwitch(ILogger logger, string sysctls = AccountingSwitch.Sysctls)
{
    private const string Sysctls = "/proc/sys";
    private const string Name = "net/netfilter/nf_conntrack_acct";

    private readonly string _path = Path.Combine(sysctls, Name);
    private string? _problem;

    /// <summary>Whether conntrack counts; null where there is no such switch.</summary>
    public static bool? IsOn => Read(Path.Combine(Sysctls, Name));

    /// <summary>Switches it on where that is wanted and nobody has.</summary>
    public void Follow(FlowtabledConfig config)
    {
        if (!config.Accounting || !config.Enabled || config.Mode != OffloadMode.Manage)
            return;
        try
        {
            if (Read(_path) != false)
                return;
            File.WriteAllText(_path, "1\n");
            logger.Counted("net.netfilter.nf_conntrack_acct was 0");
            _problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (e.Message != _problem)
                logger.NotCounted(e.Message);
            _problem = e.Message;
        }
    }

    private static bool? Read(string path) => FileBytes.ReadIfExists(path) is [var first, ..] ? first != (byte)'0' : null;
}
