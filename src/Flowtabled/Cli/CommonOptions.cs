namespace Flowtabled.Cli;

/// <summary>Options that mean the same wherever a command takes them. They may stand before the command too.</summary>
internal static class CommonOptions
{
    public static readonly Flag Help = new("--help", "say what the command does and takes");

    public static readonly Flag Json = new("--json", "print JSON");

    public static readonly ValueOption ConfigDirectory = new("--config-dir", "DIR", "/etc/config", "where the UCI files are");

    public static readonly ValueOption RunDirectory =
        new("--run-dir", "DIR", "/var/run", "where programs keep state until the next boot: ours, fw4's");

    public static readonly Flag PlainTable = new("--plain-table", "make a table without an owner, as kernels before 6.9 do");

    public static Option[] All => [Help, Json, ConfigDirectory, RunDirectory];
}
