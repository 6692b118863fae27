using System.Globalization;
using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>Reads the options of a section of ours. What cannot be read has its default, and a finding.</summary>
internal sealed class OptionReader
{
    private readonly UciSection _section;
    private readonly FindingCollector _findings;

    public OptionReader(UciSection section, FindingCollector findings, string[] known)
    {
        _section = section;
        _findings = findings;
        foreach (var option in section.Options)
        {
            if (!known.Contains(option.Name))
                Complain(FindingSeverity.Warning, option, $"no option of ours; there are {string.Join(", ", known)}");
        }
    }

    /// <summary>The value; null when there is none or a list.</summary>
    public string? Text(string name)
    {
        var option = _section.FindOption(name);
        if (option is not { IsList: true })
            return option?.Value;
        Complain(FindingSeverity.Error, option, "must be an option, not a list");
        return null;
    }

    /// <summary>A boolean as shell scripts know it.</summary>
    public bool Boolean(string name, bool fallback)
    {
        if (Text(name) is not { } text)
            return fallback;
        if (UciBoolean.Shell(text) is { } value)
            return value;
        Complain(FindingSeverity.Error, name, $"{UciOption.Quote(text)} is not a boolean (1 or 0); read as {(fallback ? 1 : 0)}");
        return fallback;
    }

    /// <summary>A whole number of seconds; null when there is none.</summary>
    public int? Seconds(string name, int least, int most) => Number(name, least, most, "number of seconds");

    /// <summary>A whole number; null when there is none.</summary>
    public int? Number(string name, int least, int most, string what = "number")
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Complain(FindingSeverity.Error, name, $"{UciOption.Quote(text)} is no {what} from {least} to {most}; read as if it were not there");
        return null;
    }

    /// <summary>One of an enumeration's names, in lower case.</summary>
    public T Choice<T>(string name, T fallback)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return fallback;
        var choices = Array.ConvertAll(Enum.GetNames<T>(), static choice => choice.ToLowerInvariant());
        if (choices.Contains(text))
            return Enum.Parse<T>(text, ignoreCase: true);
        Complain(
            FindingSeverity.Error,
            name,
            $"{UciOption.Quote(text)} is none of {string.Join(", ", choices)}; read as {fallback.ToString().ToLowerInvariant()}");
        return fallback;
    }

    private void Complain(FindingSeverity severity, string name, string message) =>
        Complain(severity, _section.FindOption(name)!, message);

    private void Complain(FindingSeverity severity, UciOption option, string message) =>
        _findings.Add(severity, _section, option, message);
}
