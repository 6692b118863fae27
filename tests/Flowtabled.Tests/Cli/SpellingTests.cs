using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("plan", "plan", 0)]
    [InlineData("plan", "plain", 1)]
    [InlineData("plna", "plan", 1)]
    [InlineData("lpna", "plan", 2)]
    [InlineData("status", "apply", 6)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_typing_errors(string a, string b, int expected)
    {
        Assert.Equal(expected, Spelling.Distance(a, b));
        Assert.Equal(expected, Spelling.Distance(b, a));
    }

    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("stat", "status")]
    [InlineData("rnu", "run")]
    [InlineData("--conf", "--config-dir")]
    [InlineData("--", null)]
    [InlineData("xx", null)]
    [InlineData("delete", null)]
    public void The_nearest_is_near(string word, string? expected)
        => Assert.Equal(expected, Spelling.Nearest(word, ["run", "plan", "status", "--config-dir"]));
}
