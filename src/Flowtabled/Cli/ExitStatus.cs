namespace Flowtabled.Cli;

/// <summary>What the program's exit status says; the same for every command.</summary>
internal static class ExitStatus
{
    public const int Fine = 0;

    /// <summary>The kernel or the system refused, or the program failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The command worked, and what it looked at is not as it should be.</summary>
    public const int Findings = 3;
}
