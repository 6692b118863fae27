using System.Text.Json;
using System.Text.RegularExpressions;
using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

public sealed class VersionCommandTests
{
    [Fact]
    public void Text_names_version_commit_and_runtime()
        => Assert.Matches(
            @"\Aflowtabled \d+\.\d+\.\d+\ncommit ([0-9a-f]{40}|unknown)\nruntime \.NET \d+\.\d+\.\d+, jit, linux-\w+\n\z",
            Run("version"));

    [Fact]
    public void Json_says_the_same()
    {
        Match text = Regex.Match(Run("version"), @"flowtabled (.*)\ncommit (.*)\nruntime (.*), (.*), (.*)\n");
        JsonElement json = JsonDocument.Parse(Run("version", "--json")).RootElement;

        Assert.Equal(["version", "commit", "runtime", "compiled", "platform"], json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(
            text.Groups.Values.Skip(1).Select(static group => group.Value),
            json.EnumerateObject().Select(static member => member.Value.GetString()!));
    }

    private static string Run(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        Assert.Equal(ExitStatus.Fine, new CommandLine(CommandTable.All).Run(args, output, TextWriter.Null));
        return output.ToString();
    }
}
