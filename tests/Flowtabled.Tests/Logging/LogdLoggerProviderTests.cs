using Flowtabled.Logging;
using Flowtabled.Native;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Tests.Logging;

public sealed class LogdLoggerProviderTests
{
    [Theory]
    [InlineData(LogLevel.Trace, true)]
    [InlineData(LogLevel.Debug, true)]
    [InlineData(LogLevel.Information, true)]
    [InlineData(LogLevel.Warning, false)]
    [InlineData(LogLevel.Error, false)]
    [InlineData(LogLevel.Critical, false)]
    public void The_stream_is_the_level(LogLevel level, bool toOutput)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using LogdLoggerProvider provider = new(output, error) { Level = LogLevel.Trace };

        provider.CreateLogger("x").Log(level, new EventId(1), "word", null, static (state, _) => state);

        Assert.Equal(toOutput ? "word\n" : "", output.ToString());
        Assert.Equal(toOutput ? "" : "word\n", error.ToString());
    }

    [Fact]
    public void The_level_can_change_under_a_logger()
    {
        using StringWriter output = new();
        using LogdLoggerProvider provider = new(output, TextWriter.Null);
        ILogger logger = provider.CreateLogger("x");

        Assert.False(logger.IsEnabled(LogLevel.Debug));
        logger.Log(LogLevel.Debug, default, "before", null, static (state, _) => state);
        provider.Level = LogLevel.Debug;
        Assert.True(logger.IsEnabled(LogLevel.Debug));
        logger.Log(LogLevel.Debug, default, "after", null, static (state, _) => state);
        provider.Level = LogLevel.None;
        logger.Log(LogLevel.Critical, default, "silent", null, static (state, _) => state);
        Assert.False(logger.IsEnabled(LogLevel.None));

        Assert.Equal("after\n", output.ToString());
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_no_error()
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using DescriptorWriter writer = new((int)full.DangerousGetHandle());
        using LogdLoggerProvider provider = new(writer, writer);
        Assert.Throws<IOException>(() => writer.Write("x"));

        provider.CreateLogger("x").Log(LogLevel.Error, default, "lost", null, static (state, _) => state);
    }
}
