using Flowtabled.Engine.Health;

namespace Flowtabled.Engine.Config;

/// <summary>Something about the configuration that its owner should know. The rest of the configuration is in effect.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Package">The UCI package: <c>firewall</c>.</param>
/// <param name="Section">The section's name, or <c>@type[index]</c>; null when it is about the package.</param>
/// <param name="Option">The option's name; null when it is about the section.</param>
/// <param name="Line">The line in the package's file, from 1; null when it is about something that is not there.</param>
/// <param name="Message">What is wrong, what becomes of it, and what would be right.</param>
public sealed record ConfigFinding(
    FindingSeverity Severity, string Package, string? Section, string? Option, int? Line, string Message)
{
    /// <summary>Where it is: <c>firewall.@defaults[0].flow_offloading, line 5</c>.</summary>
    public string Place
    {
        get
        {
            var section = Section is null ? "" : "." + Section;
            var option = Option is null ? "" : "." + Option;
            var line = Line is null ? "" : $", line {Line}";
            return Package + section + option + line;
        }
    }

    /// <summary>The same for those who look for what is wrong anywhere; its code is <c>config</c>.</summary>
    public Finding ToFinding() => new(Severity, "config", Message, Place);

    /// <summary>One line: the place, a colon, the message.</summary>
    public override string ToString() => $"{Place}: {Message}";
}
