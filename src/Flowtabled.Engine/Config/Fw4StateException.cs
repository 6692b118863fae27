namespace Flowtabled.Engine.Config;

/// <summary>A state file of fw4 that cannot be read.</summary>
public sealed class Fw4StateException : Exception
{
    internal Fw4StateException(string reason, long offset, Exception? inner = null)
        : base($"{reason} at byte {offset}", inner)
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }

    /// <summary>Where in the file, in bytes from 0.</summary>
    public long Offset { get; }
}
