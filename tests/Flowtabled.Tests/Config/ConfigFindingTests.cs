using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Config;

public class ConfigFindingTests
{
    [Theory]
    [InlineData("@zone[1]", "name", 7, "firewall.@zone[1].name, line 7")]
    [InlineData("lan", null, 7, "firewall.lan, line 7")]
    [InlineData("lan", "name", null, "firewall.lan.name")]
    [InlineData(null, null, null, "firewall")]
    public void A_finding_says_where_it_is(string? section, string? option, int? line, string place)
    {
        var finding = new ConfigFinding(FindingSeverity.Warning, "firewall", section, option, line, "is odd");

        Assert.Equal(place, finding.Place);
        Assert.Equal(place + ": is odd", finding.ToString());
        Assert.Equal(new Finding(FindingSeverity.Warning, "config", "is odd", place), finding.ToFinding());
    }
}
