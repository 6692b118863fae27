using System.IO.Pipes;
using System.Text;
using Flowtabled.Logging;
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
        using MemoryStream output = new();
        using MemoryStream error = new();
        using LogdLoggerProvider provider = new(output, error) { Level = LogLevel.Trace };

        provider.CreateLogger("x").Log(level, new EventId(1), "word", null, static (state, _) => state);

        Assert.Equal(toOutput ? "word\n" : "", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(toOutput ? "" : "word\n", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void The_level_can_change_under_a_logger()
    {
        using MemoryStream output = new();
        using LogdLoggerProvider provider = new(output, Stream.Null);
        ILogger logger = provider.CreateLogger("x");

        Assert.False(logger.IsEnabled(LogLevel.Debug));
        logger.Log(LogLevel.Debug, default, "before", null, static (state, _) => state);
        provider.Level = LogLevel.Debug;
        Assert.True(logger.IsEnabled(LogLevel.Debug));
        logger.Log(LogLevel.Debug, default, "after", null, static (state, _) => state);
        provider.Level = LogLevel.None;
        logger.Log(LogLevel.Critical, default, "silent", null, static (state, _) => state);
        Assert.False(logger.IsEnabled(LogLevel.None));

        Assert.Equal("after\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void A_reader_that_went_away_is_no_error()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using LogdLoggerProvider provider = new(pipe, pipe);
        pipe.DisposeLocalCopyOfClientHandle();
        Assert.Throws<IOException>(() => pipe.Write("x"u8));

        provider.CreateLogger("x").Log(LogLevel.Error, default, "lost", null, static (state, _) => state);
    }
}
