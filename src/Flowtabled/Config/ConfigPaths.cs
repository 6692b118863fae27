namespace Flowtabled.Config;

/// <summary>Where the configuration is.</summary>
/// <param name="ConfigDirectory">The UCI packages: /etc/config.</param>
/// <param name="RunDirectory">What programs leave for each other until the next boot: /var/run.</param>
internal sealed record ConfigPaths(string ConfigDirectory, string RunDirectory)
{
    public static readonly string[] Packages = ["firewall", "network", "flowtabled"];

    /// <summary>What fw4 knew when it last loaded its rules.</summary>
    public string Fw4State => Path.Combine(RunDirectory, "fw4.state");

    /// <summary>Where ubusd listens: since OpenWrt 21.02, and before.</summary>
    public string[] UbusSockets => [Path.Combine(RunDirectory, "ubus", "ubus.sock"), Path.Combine(RunDirectory, "ubus.sock")];

    /// <summary>The record of the trial of hardware: /etc/flowtabled/hw-trial.</summary>
    public string Trial => Path.GetFullPath(Path.Combine(ConfigDirectory, "..", "flowtabled", "hw-trial"));

    /// <summary>A package here takes the place of that in /etc/config, whole (libuci's conf2dir, OpenWrt 25.12).</summary>
    public string Override(string package) => Path.Combine(RunDirectory, "uci", package);

    /// <summary>A package where <c>uci commit</c> leaves it.</summary>
    public string Committed(string package) => Path.Combine(ConfigDirectory, package);

    /// <summary>The file that a package is read from now.</summary>
    public string InEffect(string package) => File.Exists(Override(package)) ? Override(package) : Committed(package);

    /// <summary>Every file that is the user's to change. <see cref="Fw4State"/> is none: the firewall writes it whenever it loads.</summary>
    public IEnumerable<string> Watched =>
    [
        .. Packages.Select(Committed),
        .. Packages.Select(Override),
        Path.Combine(RunDirectory, "uci"), // So that the directory is noticed when it appears.
    ];
}
