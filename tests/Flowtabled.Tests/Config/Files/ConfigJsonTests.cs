using System.Text.Json;
using Flowtabled.Cli;
using Flowtabled.Config;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config.Files;

/// <summary>What <c>get_config</c> answers.</summary>
public sealed class ConfigJsonTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-config").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Each_option_is_there_and_what_is_excluded_by_whom()
    {
        File.WriteAllText(
            Path.Combine(_root, "flowtabled"),
            """
            config flowtabled 'main'
            config device
                option name 'br-guest'
                option hw 'off'
            config exclude 'voip'
                list host '192.168.1.20'
                list port '5060'
            """);
        var files = new ConfigFiles(new ConfigPaths(_root, Path.Combine(_root, "run")))
        {
            Exclusions =
            [
                new NamedExclusion("sqm", ["wan"]),
                new NamedExclusion("game", ["lan"]) { Ports = [PortRange.TryParse("5000-5001")!] },
            ],
        };
        using var output = new StringWriter();
        JsonOutput.Write(output, json => ConfigJson.Write(json, files.Read(), files.Exclusions));
        using var config = JsonDocument.Parse(output.ToString());

        Assert.Equal(
            ["flow_offloading", "flow_offloading_hw", .. FlowtabledConfig.MainOptions, "devices", "exclusions", "problems"],
            config.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.All(
            config.RootElement.GetProperty("devices").EnumerateArray(),
            static device => Assert.Equal(FlowtabledConfig.DeviceOptions, device.EnumerateObject().Select(static member => member.Name)));
        Assert.Equal(
            [
                """{"name":"voip","devices":[],"hosts":["192.168.1.20"],"ports":["5060"]}""",
                """{"name":"game","devices":["lan"],"hosts":[],"ports":["5000-5001"]}""",
                """{"name":"sqm","devices":["wan"],"hosts":[],"ports":[]}""",
            ],
            config.RootElement.GetProperty("exclusions").EnumerateArray().Select(static exclusion => string.Concat(exclusion.GetRawText().Split(' ', '\n'))));
    }
}
