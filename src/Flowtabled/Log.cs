using Microsoft.Extensions.Logging;

namespace Flowtabled;

/// <summary>
/// Every log message. The source generator writes the methods; nothing is formatted for a level that is off. Event ids are stable,
/// in blocks of a thousand: 1000 the daemon's life, 2000 configuration, 3000 links and the network, 4000 planning and writing to the
/// kernel, 5000 flows, 6000 ubus. Each has one value: every other number of them is 7 KB more of LoggerMessage.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "flowtabled {Surroundings}")]
    public static partial void Starting(this ILogger logger, string surroundings);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Critical, Message = "{Part} failed, flowtabled ends")]
    public static partial void Fault(this ILogger logger, string part, Exception exception);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "ends, {Fate}")]
    public static partial void Ending(this ILogger logger, string fate);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "'flowtabled status' will not know what the daemon knows: {Problem}")]
    public static partial void StateNotWritten(this ILogger logger, string problem);

    [LoggerMessage(EventId = 2000, Level = LogLevel.Error, Message = "{Problem}")]
    public static partial void ConfigProblem(this ILogger logger, string problem);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "{Finding}")]
    public static partial void ConfigFinding(this ILogger logger, string finding);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "no longer: {Report}")]
    public static partial void Healed(this ILogger logger, string report);

    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "{Source} dropped events for want of room; reading everything again")]
    public static partial void EventsLost(this ILogger logger, string source);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "a station moved, its connections follow: {Connections}")]
    public static partial void FollowedStation(this ILogger logger, string connections);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "an address is gone, and with it what was translated to it: {Connections}")]
    public static partial void EndedTranslated(this ILogger logger, string connections);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "cannot follow stations and addresses: {Reason}")]
    public static partial void NotFollowed(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4000, Level = LogLevel.Information, Message = "applied: {Changes}")]
    public static partial void Applied(this ILogger logger, string changes);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Debug, Message = "outrun, planning again: {Reason}")]
    public static partial void Outrun(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "not applied, trying again: {Reason}")]
    public static partial void Refused(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Information, Message = "the kernel takes it again, no longer: {Reason}")]
    public static partial void RefusalOver(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning, Message = "{Finding}")]
    public static partial void Finding(this ILogger logger, string finding);

    [LoggerMessage(EventId = 4006, Level = LogLevel.Information, Message = "{Move}")]
    public static partial void Moved(this ILogger logger, string move);

    [LoggerMessage(EventId = 4007, Level = LogLevel.Warning, Message = "staying in hardware until they end: {Connections}")]
    public static partial void StaysInHardware(this ILogger logger, string connections);

    [LoggerMessage(EventId = 4008, Level = LogLevel.Warning, Message = "flows have not left the hardware, so table {Table} stays, without a rule")]
    public static partial void HardwareStays(this ILogger logger, string table);

    [LoggerMessage(EventId = 4009, Level = LogLevel.Warning, Message = "a command waits for an answer in vain: {Problem}")]
    public static partial void KickNotAnswered(this ILogger logger, string problem);

    [LoggerMessage(EventId = 4012, Level = LogLevel.Warning, Message = "connections stay in the firewall's flowtable: {Reason}")]
    public static partial void NotGathered(this ILogger logger, string reason);

    [LoggerMessage(EventId = 4020, Level = LogLevel.Information, Message = "hardware goes on trial: {Ports}")]
    public static partial void TrialBegins(this ILogger logger, string ports);

    [LoggerMessage(EventId = 4021, Level = LogLevel.Information, Message = "hardware has passed its trial of {Seconds} s")]
    public static partial void TrialPassed(this ILogger logger, int seconds);

    [LoggerMessage(EventId = 4022, Level = LogLevel.Warning, Message = "how the trial of hardware goes cannot be recorded: {Problem}")]
    public static partial void TrialNotRecorded(this ILogger logger, string problem);

    [LoggerMessage(EventId = 4023, Level = LogLevel.Warning, Message = "flows keep the timeouts that they had: {Problem}")]
    public static partial void TimeoutsNotSet(this ILogger logger, string problem);

    [LoggerMessage(EventId = 5000, Level = LogLevel.Warning, Message = "how connections fare in hardware is not known: {Reason}")]
    public static partial void FlowsNotRead(this ILogger logger, string reason);

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "connections are not watched: {Reason}")]
    public static partial void FlowsNotWatched(this ILogger logger, string reason);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "connections that begin from now on count what they carry (option accounting): {Switch}")]
    public static partial void Counted(this ILogger logger, string @switch);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "connections do not count what they carry: {Problem}")]
    public static partial void NotCounted(this ILogger logger, string problem);

    [LoggerMessage(EventId = 6000, Level = LogLevel.Information, Message = "there is no ubus: {Consequence}")]
    public static partial void NoBus(this ILogger logger, string consequence);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Information, Message = "connected to {Whom}")]
    public static partial void BusJoined(this ILogger logger, string whom);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "lost ubus, trying again every second: {Reason}")]
    public static partial void BusLost(this ILogger logger, string reason);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Warning, Message = "ubusd refuses {What}")]
    public static partial void BusRefuses(this ILogger logger, string what);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Trace, Message = "{Line}")]
    public static partial void Datagram(this ILogger logger, string line);
}
