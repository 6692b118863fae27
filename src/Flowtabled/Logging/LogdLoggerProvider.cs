using Microsoft.Extensions.Logging;

namespace Flowtabled.Logging;

/// <summary>
/// Writes the log as OpenWrt's logd wants it from a service that procd runs: a line an entry, without time and name, which logd adds.
/// procd logs stdout as info and stderr as err (procd/service/instance.c), so warnings and above go to <paramref name="error"/>,
/// the rest to <paramref name="output"/>.
/// </summary>
/// <param name="output">stdout. Each entry is one write.</param>
/// <param name="error">stderr. Each entry is one write.</param>
internal sealed class LogdLoggerProvider(TextWriter output, TextWriter error) : ILoggerProvider
{
    private volatile LogLevel _level = LogLevel.Information;

    /// <summary>The least level that is written. It may change at any time, from any thread.</summary>
    public LogLevel Level
    {
        get => _level;
        set => _level = value;
    }

    public ILogger CreateLogger(string categoryName) => new LogdLogger(this);

    public void Dispose()
    {
        // The writers are the process's.
    }

    internal void Write(LogLevel level, string line)
    {
        try
        {
            (level >= LogLevel.Warning ? error : output).Write(line);
        }
        catch (IOException)
        {
            // Nobody reads the log, or its disk is full. That must not stop the daemon, and there is nowhere to say it.
        }
    }
}
