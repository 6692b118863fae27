namespace Flowtabled.Engine.Health;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing to do.</summary>
    Info,

    /// <summary>It works, but not as written or not as well as it could.</summary>
    Warning,

    /// <summary>What was asked for cannot be done.</summary>
    Error,
}
