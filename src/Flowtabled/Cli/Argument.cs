namespace Flowtabled.Cli;

/// <summary>A word after the command: <c>PACKAGE</c> in <c>flowtabled config [PACKAGE]</c>.</summary>
/// <param name="Name">As it stands in the help, in capitals.</param>
/// <param name="Summary">One line for the help.</param>
internal sealed record Argument(string Name, string Summary)
{
    public bool IsOptional { get; init; }

    /// <summary>The words it can be; empty where every word will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>As it stands in a usage line: <c>[PACKAGE]</c>.</summary>
    public string Usage => IsOptional ? $"[{Name}]" : Name;
}
