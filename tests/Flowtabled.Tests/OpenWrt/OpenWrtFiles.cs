namespace Flowtabled.Tests.OpenWrt;

/// <summary>Files that come with the program, which the build puts beside the tests.</summary>
internal static class OpenWrtFiles
{
    public static string InitScript { get; } = Read("openwrt/flowtabled.init");

    public static string Config { get; } = Read("openwrt/flowtabled.config");

    public static string Unit { get; } = Read("systemd/flowtabled.service");

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name);

    public static string Read(string name) => File.ReadAllText(PathOf(name));
}
