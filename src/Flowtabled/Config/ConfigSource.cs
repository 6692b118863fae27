using System.Collections.Immutable;
using Flowtabled.Engine.Config;

namespace Flowtabled.Config;

/// <summary>Makes a typed configuration of a parsed package, or of the lack of one.</summary>
internal delegate (T Config, ImmutableArray<ConfigFinding> Findings) PackageReader<T>(UciPackage? package);

/// <summary>One UCI package and the last good reading of it.</summary>
internal sealed class ConfigSource<T>(ConfigPaths paths, string package, PackageReader<T> read)
{
    private bool _wasRead;

    /// <summary>The last good reading; that of a missing file until there is one.</summary>
    public T Config { get; private set; } = read(null).Config;

    /// <summary>What that reading found.</summary>
    public ImmutableArray<ConfigFinding> Findings { get; private set; } = [];

    /// <summary>Reads the file again; returns what is wrong with it, or null.</summary>
    public ConfigProblem? Read()
    {
        var file = paths.InEffect(package);
        try
        {
            var bytes = FileBytes.ReadIfExists(file);
            (Config, Findings) = read(bytes is null ? null : UciParser.Parse(package, bytes));
            _wasRead = true;
            return null;
        }
        catch (Exception e) when (e is UciParseException or IOException or UnauthorizedAccessException)
        {
            return new ConfigProblem(file, FileBytes.Why(e), _wasRead ? Instead.Earlier : Instead.Nothing);
        }
    }
}
