namespace Flowtabled.Engine.Config;

/// <summary>A package while its file is read, with one section open (uci list.c, <c>uci_set</c>, <c>uci_add_list</c>).</summary>
internal sealed class UciPackageBuilder(string name)
{
    private readonly List<Section> _sections = [];
    private readonly Dictionary<string, Section> _byName = [];
    private Section? _open;

    /// <summary>Whether there is a section for options to go into.</summary>
    public bool HasSection => _open is not null;

    /// <summary>Opens a new section, or again the one that has this name. One without a name gets one.</summary>
    /// <returns>False when the section of this name has another type.</returns>
    public bool TryOpenSection(string type, string name, int line)
    {
        if (_byName.TryGetValue(name, out var existing))
        {
            if (existing.Type != type)
                return false;
            _open = existing;
            return true;
        }

        var isAnonymous = name.Length == 0;
        _open = new Section(type, isAnonymous ? GeneratedName(_sections.Count + 1, type) : name, isAnonymous, line);
        _sections.Add(_open);
        // A generated name can be taken already; libuci then finds the first of the two.
        _byName.TryAdd(_open.Name, _open);
        return true;
    }

    /// <summary>Sets an option of the open section, in the place that it has. An empty value changes nothing.</summary>
    public void SetOption(string name, string value, int line)
    {
        if (value.Length == 0)
            return;
        var option = _open!.Option(name, line);
        option.IsList = false;
        option.Line = line;
        option.Values.Clear();
        option.Values.Add(value);
    }

    /// <summary>Appends to a list of the open section. An option of that name becomes the list's first element.</summary>
    public void AddToList(string name, string value, int line)
    {
        var option = _open!.Option(name, line);
        option.IsList = true;
        option.Values.Add(value);
    }

    public UciPackage Build() => new(name, [.. _sections.Select(section => section.Build())]);

    // uci list.c, uci_fixup_section and djbhash, for a section that has no options yet.
    private static string GeneratedName(int count, string type)
    {
        var hash = 5381u;
        foreach (var c in type)
            hash = unchecked(hash * 33 + c);
        return $"cfg{count:x2}{(ushort)hash:x4}";
    }

    private sealed class Section(string type, string name, bool isAnonymous, int line)
    {
        private readonly List<Option> _options = [];
        private readonly Dictionary<string, Option> _byName = [];

        public string Type => type;

        public string Name => name;

        public Option Option(string optionName, int optionLine)
        {
            if (_byName.TryGetValue(optionName, out var option))
                return option;
            option = new Option(optionName) { Line = optionLine };
            _options.Add(option);
            _byName.Add(optionName, option);
            return option;
        }

        public UciSection Build() => new(type, name, isAnonymous, line, [.. _options.Select(option => option.Build())]);
    }

    private sealed class Option(string name)
    {
        public bool IsList { get; set; }

        public int Line { get; set; }

        public List<string> Values { get; } = [];

        public UciOption Build() => new(name, IsList, [.. Values], Line);
    }
}
