using System.Globalization;

namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// A root of OpenWrt's kind in the router, with busybox's shell and stand-ins for procd, uci and the package manager, and the package that the build makes of the
/// published program. It is this machine's root under an overlay, so that what is written can be listed.
/// </summary>
internal sealed class PackageRoot : IDisposable
{
    // PROGRAM's directory is what was published; without symbols, which take long to compress.
    private const string Build = """
        directory=$1 program=$2 manager=$3
        source=$(dirname "$4")
        mkdir -p "$directory/artifacts/linux-musl-x64"
        ln -s "$source/openwrt-package" "$source/src" "$source/LICENSE" "$directory"
        ln -s "$program" "$(dirname "$program")/framework" "$(dirname "$program")/THIRD-PARTY-NOTICES" "$directory/artifacts/linux-musl-x64"
        touch "$directory/artifacts/linux-musl-x64/flowtabled.dbg"
        chmod 755 "$directory"/stand-ins/usr/bin/* "$directory/stand-ins/etc/rc.common"
        format=${manager/opkg/ipk}
        PATH=$directory/stand-ins/usr/bin:$PATH PUBLISHED=1 ALLOW_EOL=1 SOURCE_DATE_EPOCH=1700000000 "$directory/openwrt-package/build/package" "$format" linux-x64
        rm "$directory"/artifacts/packages/flowtabled-dbg*
        """;

    private const string Mount = """
        directory=$1
        mkdir "$directory/written" "$directory/root"
        mount -t tmpfs none "$directory/written"
        mkdir -p "$directory"/written/{work,files}
        mount -t overlay -o "lowerdir=/,upperdir=$directory/written/files,workdir=$directory/written/work" none "$directory/root"
        tar -c -C "$directory/stand-ins" . | tar -x --keep-directory-symlink -C "$directory/root"
        ln -sf "$(command -v busybox)" "$directory/root/bin/sh"
        mkdir -p "$directory"/root/{etc/config,run,var/log}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("flowtabled-root").FullName;
    private readonly string _manager;
    private readonly string _package;

    /// <param name="topology">Whose configuration it has.</param>
    /// <param name="firewall">What <c>/sbin/fw4</c> is.</param>
    /// <param name="manager"><c>opkg</c> or <c>apk</c>.</param>
    public PackageRoot(Topology topology, RecordedFirewall firewall, string manager)
    {
        _manager = manager;
        Command.Run("cp", "-r", Path.Combine(AppContext.BaseDirectory, "openwrt", "root"), Path.Combine(_directory, "stand-ins"));
        var lab = Path.GetDirectoryName(LabFiles.Program("run"))!;
        Command.Run("bash", "-euc", Build, "build", _directory, PublishedBinary.Path, manager, Path.GetDirectoryName(lab)!);
        _package = Directory.GetFiles(Path.Combine(_directory, "artifacts", "packages")).Single();
        Command.Run("bash", "-euc", Mount, "mount", _directory);
        Command.Run("cp", Path.Combine(topology.ConfigDirectory, "firewall"), Path.Combine(topology.ConfigDirectory, "network"), PathOf("etc/config"));
        File.CreateSymbolicLink(PathOf("sbin/fw4"), firewall.Program);
        File.WriteAllText(PathOf("run/fw4.state"), "{}");
        File.Copy(_package, PathOf("package"));
    }

    /// <summary>The files that were written since it stood, sorted.</summary>
    public string[] Written => Command.Run("bash", "-euc", "cd \"$1\"; find . -type f -o -type l", "find", Path.Combine(_directory, "written", "files"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToArray();

    /// <summary>What the daemon has said.</summary>
    public string Log => File.ReadAllText(PathOf("var/log/flowtabled"));

    /// <summary>The daemon's process; null when none runs.</summary>
    public int? Daemon => File.Exists(PathOf("run/flowtabled.pid")) ? int.Parse(File.ReadAllText(PathOf("run/flowtabled.pid")), CultureInfo.InvariantCulture) : null;

    /// <summary>The absolute path of a file in it.</summary>
    public string PathOf(string name) => Path.Combine(_directory, "root", name);

    public void Install() => Run($"{_manager} {(_manager == "apk" ? "add" : "install")} /package");

    public void Upgrade() => Run($"{_manager} upgrade /package");

    public void Remove() => Run($"{_manager} {(_manager == "apk" ? "del" : "remove")} flowtabled");

    public void Dispose()
    {
        if (Daemon is { } daemon)
        {
            Command.Run("kill", "-KILL", $"{daemon}");
            Eventually.Is(() => Daemon is null, "the daemon ends");
        }

        Command.Run("umount", "-l", Path.Combine(_directory, "root"), Path.Combine(_directory, "written"));
        Directory.Delete(_directory, recursive: true);
    }

    private void Run(string command) => Command.Run("ip", "netns", "exec", "router", "sh", "-euc", $"""
        cd {_directory}/root
        mount --rbind /proc proc
        mount --rbind /sys sys
        mount --rbind /dev dev
        exec chroot . /bin/sh -c '{command}'
        """);
}
