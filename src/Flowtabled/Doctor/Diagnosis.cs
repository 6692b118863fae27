using Flowtabled.Engine.Health;

namespace Flowtabled.Doctor;

/// <summary>How it stands with what was looked at.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing; nothing to do.</summary>
    Info,

    /// <summary>It works, but not as well as it could, or it could not be looked at.</summary>
    Warning,

    /// <summary>Flows cannot be offloaded, or not as wanted.</summary>
    Error,
}

/// <summary>What a check found.</summary>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Message">What it is, in a sentence without a full stop.</param>
/// <param name="Remedy">What to do, likewise; null where there is nothing to do.</param>
internal sealed record Diagnosis(Verdict Verdict, string Message, string? Remedy = null)
{
    public static Diagnosis Ok(string message) => new(Verdict.Ok, message);

    public static Diagnosis Info(string message, string? remedy = null) => new(Verdict.Info, message, remedy);

    public static Diagnosis Warning(string message, string? remedy = null) => new(Verdict.Warning, message, remedy);

    public static Diagnosis Error(string message, string? remedy = null) => new(Verdict.Error, message, remedy);

    /// <summary>What was found elsewhere; such a message says what to do itself.</summary>
    public static Diagnosis Of(FindingSeverity severity, string message) => severity switch
    {
        FindingSeverity.Info => Info(message),
        FindingSeverity.Warning => Warning(message),
        _ => Error(message),
    };
}
