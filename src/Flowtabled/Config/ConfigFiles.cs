using System.Collections.Immutable;
using Flowtabled.Daemon;
using Flowtabled.Engine.Config;

namespace Flowtabled.Config;

/// <summary>Reads the configuration; a file that does not parse keeps what it said before.</summary>
internal sealed class ConfigFiles(ConfigPaths paths)
{
    private readonly ConfigSource<FirewallConfig> _firewall = new(paths, "firewall", FirewallConfig.Read);
    private readonly ConfigSource<NetworkConfig> _network = new(paths, "network", NetworkConfig.Read);
    private readonly ConfigSource<FlowtabledConfig> _flowtabled = new(paths, "flowtabled", FlowtabledConfig.Read);
    private readonly TrialFile _trial = new(paths.Trial);
    private Fw4State? _fw4State;

    public ConfigPaths Paths => paths;

    /// <summary>What netifd said last; null when it could not be asked.</summary>
    public List<NetifdNetwork>? Netifd { get; set; }

    /// <summary>What other programs exclude.</summary>
    public ImmutableArray<NamedExclusion> Exclusions { get; set; } = [];

    /// <summary>Those of a command: with what netifd says now, and what the daemon was told to exclude.</summary>
    public static ConfigFiles OfCommand(ConfigPaths paths, DaemonState? daemon) =>
        new(paths) { Netifd = NetifdQuery.Ask(paths), Exclusions = daemon?.Exclusions ?? [] };

    /// <summary>Reads every file again.</summary>
    public ConfigSnapshot Read()
    {
        var problems = new List<ConfigProblem>();
        Note(_firewall.Read());
        Note(_network.Read());
        Note(_flowtabled.Read());
        var guessed = NetworkGuess.From(_network.Config);
        Note(ReadFw4State());
        var (trial, wrong) = _trial.Read();
        var networks = _fw4State?.Networks.Or(guessed) ?? guessed;
        if (Netifd is { } netifd)
            networks = NetifdNetwork.Bind(netifd).Or(networks);
        return new ConfigSnapshot(
            _firewall.Config,
            _network.Config,
            _flowtabled.Config with
            {
                Devices = NamedExclusion.Add(_flowtabled.Config.Devices, Exclusions),
                Exclusions = [.. _flowtabled.Config.Exclusions, .. Exclusions.Where(static exclusion => exclusion.HasTraffic)],
            },
            networks,
            [.. _firewall.Findings, .. _network.Findings, .. _flowtabled.Findings, .. wrong],
            [.. problems])
        {
            Trial = trial,
        };

        void Note(ConfigProblem? problem)
        {
            if (problem is not null)
                problems.Add(problem);
        }
    }

    // Without fw4 there is no such file, and while fw4 loads there may be half of one.
    private ConfigProblem? ReadFw4State()
    {
        try
        {
            _fw4State = FileBytes.ReadIfExists(paths.Fw4State) is { Length: > 0 } bytes ? Fw4State.Parse(bytes) : null;
            return null;
        }
        catch (Exception e) when (e is Fw4StateException or IOException or UnauthorizedAccessException)
        {
            return new ConfigProblem(paths.Fw4State, FileBytes.Why(e), _fw4State is null ? Instead.Network : Instead.Earlier);
        }
    }
}
