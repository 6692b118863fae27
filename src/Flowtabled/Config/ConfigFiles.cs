using Flowtabled.Engine.Config;

namespace Flowtabled.Config;

/// <summary>Reads the configuration; a file that does not parse keeps what it said before.</summary>
internal sealed class ConfigFiles(ConfigPaths paths)
{
    private readonly ConfigSource<FirewallConfig> _firewall = new(paths, "firewall", FirewallConfig.Read);
    private readonly ConfigSource<NetworkConfig> _network = new(paths, "network", NetworkConfig.Read);
    private readonly ConfigSource<FlowtabledConfig> _flowtabled = new(paths, "flowtabled", FlowtabledConfig.Read);

    public ConfigPaths Paths => paths;

    /// <summary>Reads every file again.</summary>
    public ConfigSnapshot Read()
    {
        var problems = new List<ConfigProblem>();
        Note(_firewall.Read());
        Note(_network.Read());
        Note(_flowtabled.Read());
        var guessed = NetworkGuess.From(_network.Config);
        var networks = ReadFw4State(problems)?.Networks.Or(guessed) ?? guessed;
        return new ConfigSnapshot(
            _firewall.Config,
            _network.Config,
            _flowtabled.Config,
            networks,
            [.. _firewall.Findings, .. _network.Findings, .. _flowtabled.Findings],
            [.. problems]);

        void Note(ConfigProblem? problem)
        {
            if (problem is not null)
                problems.Add(problem);
        }
    }

    // Without fw4 there is no such file, and while fw4 loads there is none or half of one: /etc/config/network then tells what it can.
    private Fw4State? ReadFw4State(List<ConfigProblem> problems)
    {
        try
        {
            return FileBytes.ReadIfExists(paths.Fw4State) is { Length: > 0 } bytes ? Fw4State.Parse(bytes) : null;
        }
        catch (Exception e) when (e is Fw4StateException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new ConfigProblem(paths.Fw4State, e.Message, KeepsEarlier: true));
            return null;
        }
    }
}
