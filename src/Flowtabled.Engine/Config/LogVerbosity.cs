namespace Flowtabled.Engine.Config;

/// <summary>The least important messages that are logged.</summary>
public enum LogVerbosity
{
    /// <summary>What failed.</summary>
    Error,

    /// <summary>And what is probably not as wanted.</summary>
    Warning,

    /// <summary>And what changed.</summary>
    Info,

    /// <summary>And how it came to that.</summary>
    Debug,

    /// <summary>And every message to and from the kernel.</summary>
    Trace,
}
