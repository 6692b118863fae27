using System.Collections.Immutable;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Config;

/// <summary>An option, which has one value, or a list, which has at least one.</summary>
public sealed class UciOption
{
    internal UciOption(string name, bool isList, ImmutableArray<string> values, int line)
    {
        Name = name;
        IsList = isList;
        Values = values;
        Line = line;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether it is a list.</summary>
    public bool IsList { get; }

    /// <summary>The value; of a list all of them with a blank between, as the shell's config_get has it.</summary>
    public string Value => Values.Length == 1 ? Values[0] : string.Join(' ', Values);

    /// <summary>The elements of a list, which can be empty strings; of an option its value alone.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>The line on which the option was last set, or the list begun, from 1.</summary>
    public int Line { get; }

    /// <summary>A value for people: quoted, on one line, without anything that steers a terminal.</summary>
    internal static string Quote(string value) => $"'{DeviceName.Display(value)}'";

    /// <summary>The elements of a list; of an option the words of its value. fw4 and netifd both take lists in either form.</summary>
    public ImmutableArray<string> Words =>
        IsList ? Values : [.. Values[0].Trim([.. " \t\n\v\f\r"]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)];
}
