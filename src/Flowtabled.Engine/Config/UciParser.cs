namespace Flowtabled.Engine.Config;

/// <summary>Reads a UCI file exactly as libuci does when it loads a package in strict mode (uci file.c, <c>uci_file_load</c>).</summary>
public static class UciParser
{
    /// <summary>Parses a file of /etc/config. Uncommitted changes in /tmp/.uci are not applied.</summary>
    /// <param name="package">The package's name, which is the file's.</param>
    /// <param name="text">The file's bytes. Values keep them as they are, one char for each byte (Latin-1).</param>
    /// <exception cref="UciParseException">libuci would refuse the file, for the same reason at the same place.</exception>
    /// <exception cref="ArgumentException">No package can have this name.</exception>
    public static UciPackage Parse(string package, ReadOnlySpan<byte> text)
    {
        if (!UciName.IsPackage(package))
            throw new ArgumentException($"'{package}' is not the name of a package: letters, digits, '_' and '-'", nameof(package));

        var commands = new UciCommandText(package, text);
        var builder = new UciPackageBuilder(package);
        while (commands.NextLine())
        {
            while (commands.PeekKeyword() is { IsEmpty: false } keyword && keyword[0] != '#')
                ParseCommand(ref commands, keyword, builder);
        }

        return builder.Build();
    }

    private static void ParseCommand(ref UciCommandText commands, ReadOnlySpan<byte> keyword, UciPackageBuilder builder)
    {
        if (keyword.SequenceEqual("config"u8) || keyword.SequenceEqual("c"u8))
            ParseSection(ref commands, builder);
        else if (keyword.SequenceEqual("option"u8) || keyword.SequenceEqual("o"u8))
            ParseOption(ref commands, builder, isList: false);
        else if (keyword.SequenceEqual("list"u8) || keyword.SequenceEqual("l"u8))
            ParseOption(ref commands, builder, isList: true);
        else if (keyword.SequenceEqual("package"u8) || keyword.SequenceEqual("p"u8))
            ParsePackage(ref commands);
        else
            throw commands.Error("invalid command");
    }

    private static void ParseSection(ref UciCommandText commands, UciPackageBuilder builder)
    {
        commands.SkipKeyword("config without name");
        var type = ReadRequired(ref commands);
        if (!UciName.IsType(type))
            throw commands.Error("invalid character in type field");
        var name = commands.ReadWord();
        if (name.Length > 0 && !UciName.IsName(name))
            throw commands.Error("invalid character in name field");
        ExpectEnd(ref commands);

        if (!builder.TryOpenSection(type, name, commands.Line))
            throw commands.Error("section of different type overwrites prior section with same name");
    }

    private static void ParseOption(ref UciCommandText commands, UciPackageBuilder builder, bool isList)
    {
        if (!builder.HasSection)
            throw commands.Error("option/list command found before the first section");
        commands.SkipKeyword("option without name");
        var name = ReadRequired(ref commands);
        if (!UciName.IsName(name))
            throw commands.Error("invalid character in name field");
        var value = commands.ReadWord();
        ExpectEnd(ref commands);

        if (isList)
            builder.AddToList(name, value, commands.Line);
        else
            builder.SetOption(name, value, commands.Line);
    }

    // A package's file names no other package: libuci checks the command and does nothing with it.
    private static void ParsePackage(ref UciCommandText commands)
    {
        commands.SkipKeyword("package without name");
        if (!UciName.IsPackage(ReadRequired(ref commands)))
            throw commands.Error("invalid character in name field");
        ExpectEnd(ref commands);
    }

    private static string ReadRequired(ref UciCommandText commands)
    {
        var word = commands.ReadWord();
        return word.Length > 0 ? word : throw commands.Error("insufficient arguments");
    }

    private static void ExpectEnd(ref UciCommandText commands)
    {
        if (commands.ReadWord().Length > 0)
            throw commands.Error("too many arguments");
    }
}
