using Microsoft.Extensions.Logging;

namespace Flowtabled.Logging;

internal sealed class LogdLogger(LogdLoggerProvider provider) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Level && logLevel != LogLevel.None;

    // Scopes would need a place in the line; nothing here opens one.
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            provider.Write(logLevel, LogLine.Format(formatter(state, exception), exception));
    }
}
