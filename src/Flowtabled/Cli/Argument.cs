namespace Flowtabled.Cli;

/// <summary>A word after the command: <c>PACKAGE</c> in <c>flowtabled config [PACKAGE]</c>.</summary>
/// <param name="name">As it stands in the help, in capitals.</param>
/// <param name="summary">One line for the help.</param>
internal sealed class Argument(string name, string summary)
{
    public string Name => name;

    public string Summary => summary;

    public bool IsOptional { get; init; }

    /// <summary>The words it can be; empty where every word will do.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>As it stands in a usage line: <c>[PACKAGE]</c>.</summary>
    public string Usage => IsOptional ? $"[{name}]" : name;
}
