using System.Collections.Immutable;

namespace Flowtabled.Engine.Config;

/// <summary>A UCI package: one file of /etc/config, as read. Strings hold bytes, one char each (Latin-1).</summary>
public sealed class UciPackage
{
    internal UciPackage(string name, ImmutableArray<UciSection> sections)
    {
        Name = name;
        Sections = sections;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The sections in the order in which they first appear.</summary>
    public ImmutableArray<UciSection> Sections { get; }

    /// <summary>The section of this name, the generated name of an anonymous one included; null when there is none.</summary>
    public UciSection? FindSection(string name)
    {
        foreach (var section in Sections)
        {
            if (section.Name == name)
                return section;
        }

        return null;
    }

    /// <summary>How users refer to a section: its name, or <c>@type[index]</c> when it has none of its own.</summary>
    public string Reference(UciSection section)
    {
        if (!section.IsAnonymous)
            return section.Name;
        var index = 0;
        foreach (var other in Sections)
        {
            if (other == section)
                break;
            if (other.Type == section.Type)
                index++;
        }

        return $"@{section.Type}[{index}]";
    }
}
