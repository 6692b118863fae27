namespace Flowtabled.Engine.Config;

/// <summary>What the daemon may do.</summary>
public enum OffloadMode
{
    /// <summary>Write flowtables and take fw4's over.</summary>
    Manage,

    /// <summary>Only watch and tell.</summary>
    Observe,
}
