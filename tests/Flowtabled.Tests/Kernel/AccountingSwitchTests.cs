using Flowtabled.Engine.Config;
using Flowtabled.Kernel;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Tests.Kernel;

public sealed class AccountingSwitchTests : ILogger, IDisposable
{
    private readonly string _sysctls = Directory.CreateTempSubdirectory("sysctls").FullName;
    private readonly List<string> _log = [];
    private readonly AccountingSwitch _switch;

    public AccountingSwitchTests()
    {
        _switch = new AccountingSwitch(this, _sysctls);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, "0\n");
    }

    private string FilePath => Path.Combine(_sysctls, "net/netfilter/nf_conntrack_acct");

    public void Dispose() => Directory.Delete(_sysctls, recursive: true);

    [Fact]
    public void It_is_switched_on_and_that_is_said_once()
    {
        _switch.Follow(FlowtabledConfig.Default);
        _switch.Follow(FlowtabledConfig.Default);
        Assert.Equal("1\n", File.ReadAllText(FilePath));
        Assert.Equal(["connections that begin from now on count what they carry (option accounting): net.netfilter.nf_conntrack_acct was 0"], _log);
    }

    public static TheoryData<FlowtabledConfig> Unwanted => new(
        FlowtabledConfig.Default with { Accounting = false },
        FlowtabledConfig.Default with { Enabled = false },
        FlowtabledConfig.Default with { Mode = OffloadMode.Observe });

    [Theory]
    [MemberData(nameof(Unwanted))]
    public void Where_it_is_not_wanted_it_stays(FlowtabledConfig config)
    {
        _switch.Follow(config);
        Assert.Equal("0\n", File.ReadAllText(FilePath));
        Assert.Empty(_log);
    }

    [Fact]
    public void A_kernel_without_conntrack_has_none()
    {
        File.Delete(FilePath);
        _switch.Follow(FlowtabledConfig.Default);
        Assert.False(File.Exists(FilePath));
        Assert.Empty(_log);
    }

    [Fact]
    public void What_cannot_be_read_or_set_is_said_once()
    {
        File.Delete(FilePath);
        Directory.CreateDirectory(FilePath);
        _switch.Follow(FlowtabledConfig.Default);
        _switch.Follow(FlowtabledConfig.Default);
        Assert.StartsWith("connections do not count what they carry: ", Assert.Single(_log), StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add(formatter(state, exception));
}
