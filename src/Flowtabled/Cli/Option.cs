namespace Flowtabled.Cli;

/// <summary>An option of one or more commands. What it gives the command is in the derived types.</summary>
/// <param name="name">As it is typed: <c>--json</c>.</param>
/// <param name="placeholder">What stands for its value in the help (<c>DIR</c>), or null where it takes none.</param>
/// <param name="summary">One line for the help.</param>
internal abstract class Option(string name, string? placeholder, string summary)
{
    public string Name => name;

    public string? Placeholder => placeholder;

    public string Summary => summary;

    /// <summary>The values it can have; empty where every text will do.</summary>
    public virtual string[] Choices => [];

    /// <summary>As it stands in a usage line: <c>--config-dir DIR</c>.</summary>
    public string Usage => placeholder is null ? name : $"{name} {placeholder}";
}

/// <summary>An option that is there or not.</summary>
internal sealed class Flag(string name, string summary) : Option(name, null, summary);

/// <summary>An option with a text.</summary>
internal sealed class ValueOption(string name, string placeholder, string defaultValue, string summary)
    : Option(name, placeholder, $"{summary} (default {defaultValue})")
{
    public string Default => defaultValue;
}

/// <summary>An option with one of an enumeration's names, in lower case.</summary>
internal sealed class ChoiceOption<T>(string name, T defaultValue, string summary)
    : Option(name, string.Join('|', Names), $"{summary} (default {defaultValue.ToString().ToLowerInvariant()})")
    where T : struct, Enum
{
    private static readonly string[] Names = Array.ConvertAll(Enum.GetNames<T>(), static name => name.ToLowerInvariant());

    public override string[] Choices => Names;

    public T Default => defaultValue;

    public static T Parse(string choice) => Enum.Parse<T>(choice, ignoreCase: true);
}
