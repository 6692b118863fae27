using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>A section: <c>config type 'name'</c> and its options.</summary>
public sealed class UciSection
{
    internal UciSection(string type, string name, bool isAnonymous, int line, ImmutableArray<UciOption> options)
    {
        Type = type;
        Name = name;
        IsAnonymous = isAnonymous;
        Line = line;
        Options = options;
    }

    /// <summary>The type: <c>zone</c>.</summary>
    public string Type { get; }

    /// <summary>The name; for an anonymous section the one that libuci makes up: <c>cfg02dc81</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the file gives no name.</summary>
    public bool IsAnonymous { get; }

    /// <summary>The line on which the section first appears, from 1.</summary>
    public int Line { get; }

    /// <summary>The options and lists in the order in which they first appear, each name once.</summary>
    public ImmutableArray<UciOption> Options { get; }

    /// <summary>The option or list of this name, or null.</summary>
    public UciOption? FindOption(string name)
    {
        foreach (var option in Options)
        {
            if (option.Name == name)
                return option;
        }

        return null;
    }
}
