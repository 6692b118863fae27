namespace Flowtabled.Config;

/// <summary>What counts instead of a file that cannot be read.</summary>
internal enum Instead
{
    /// <summary>What was read from it before.</summary>
    Earlier,

    /// <summary>Nothing: there was nothing before, and no conclusion may be drawn.</summary>
    Nothing,

    /// <summary>What /etc/config/network tells.</summary>
    Network,
}

/// <summary>A file that could not be read or parsed.</summary>
/// <param name="File">Its path.</param>
/// <param name="Reason">Why: <c>Parse error (invalid command) at line 3, byte 1</c>.</param>
/// <param name="Instead">What counts for now.</param>
internal sealed record ConfigProblem(string File, string Reason, Instead Instead)
{
    public override string ToString() => $"{File}: {Reason}; " + Instead switch
    {
        Instead.Earlier => "what was read before stays in effect",
        Instead.Network => "until it can be read, /etc/config/network tells which devices the networks have",
        _ => "nothing is changed until it can be read",
    };
}
