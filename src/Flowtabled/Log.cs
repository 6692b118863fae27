using Microsoft.Extensions.Logging;

namespace Flowtabled;

/// <summary>
/// Every log message. The source generator writes the methods; nothing is formatted for a level that is off. Event ids are stable,
/// in blocks of a thousand: 1000 the daemon's life, 2000 configuration, 3000 links and the network, 4000 planning and writing to the
/// kernel, 5000 flows, 6000 ubus.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "flowtabled {Version} starts ({Runtime})")]
    public static partial void Starting(this ILogger logger, string version, string runtime);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Critical, Message = "{Part} failed, flowtabled ends")]
    public static partial void Fault(this ILogger logger, string part, Exception exception);
}
