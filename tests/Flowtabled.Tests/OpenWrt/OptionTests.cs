using System.Text;
using System.Text.RegularExpressions;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.OpenWrt;

/// <summary>The README, the configuration that is installed, and its validation name the same options, with the same defaults.</summary>
public sealed partial class OptionTests
{
    // The README has no default for these.
    private static readonly string[] NoDefault = ["hw_flow_timeout", "name", "host", "port"];

    [Theory]
    [InlineData("One section `config flowtabled 'main'`:", "flowtabled 'main'", "validate_main")]
    [InlineData("A section `config device` for", "device", "validate_device")]
    [InlineData("A section `config exclude` for", "exclude", "validate_exclude")]
    public void Each_option_is_everywhere_with_its_default(string introduction, string section, string validation)
    {
        string readme = OpenWrtFiles.Read("README.md");
        string table = readme[readme.IndexOf(introduction, StringComparison.Ordinal)..].Split("\n\n")[1];
        string config = OpenWrtFiles.Config[(OpenWrtFiles.Config.IndexOf($"config {section}\n", StringComparison.Ordinal) + 1)..];
        string[] shown = [.. CommentedOption().Matches(config.Split("config ")[0]).Select(static match => match.Result("$1=$2"))];
        string checks = OpenWrtFiles.InitScript[OpenWrtFiles.InitScript.IndexOf($"{validation}() {{", StringComparison.Ordinal)..].Split("\n}\n")[0];
        string[] validated = [.. Validation().Matches(checks).Select(static match => match.Result("$1=$2"))];

        shown = [.. shown.DistinctBy(Name)]; // A list has several.
        string[] documented = [.. Row().Matches(table).Select(static match => match.Result("$1=$2"))];
        Assert.Equal(documented.Select(Name), shown.Select(Name));
        Assert.Equal(documented.Where(HasDefault), shown.Where(HasDefault));
        Assert.Equal(documented, validated);
    }

    [Fact]
    public void The_installed_configuration_is_the_default()
    {
        var (config, findings) = FlowtabledConfig.Read(UciParser.Parse("flowtabled", Encoding.UTF8.GetBytes(OpenWrtFiles.Config)));
        Assert.Empty(findings);
        Assert.Equal(FlowtabledConfig.Default, config with { Devices = [] });
    }

    [Fact]
    public void What_it_says_in_comments_is_valid()
    {
        string text = OpenWrtFiles.Config.Replace("#option", "option", StringComparison.Ordinal)
            .Replace("#\toption", "\toption", StringComparison.Ordinal).Replace("#\tlist", "\tlist", StringComparison.Ordinal).Replace("#config", "config", StringComparison.Ordinal);
        var (config, findings) = FlowtabledConfig.Read(UciParser.Parse("flowtabled", Encoding.UTF8.GetBytes(text)));
        Assert.Empty(findings);
        Assert.Equal(FlowtabledConfig.Default with { HwFlowTimeout = 30 }, config with { Devices = [], Exclusions = [] });
        Assert.Equal("br-guest", Assert.Single(config.Devices).Name);
        var exclusion = Assert.Single(config.Exclusions);
        Assert.Equal(("voip", 2, 2), (exclusion.Name, exclusion.Hosts.Length, exclusion.Ports.Length));
    }

    private static string Name(string option) => option.Split('=')[0];

    private static bool HasDefault(string option) => !NoDefault.Contains(Name(option));

    [GeneratedRegex(@"^\| `(\w+)` \| (?:`(\w+)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"#\t?(?:option|list) (\w+) '([^']*)'")]
    private static partial Regex CommentedOption();

    // name:type:default, where a type may have parentheses.
    [GeneratedRegex(@"'(\w+):\w+(?:\((?:[^()]|\([^()]*\))*\))?:?(\w*)'")]
    private static partial Regex Validation();
}
