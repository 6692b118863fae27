using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

public sealed class KickCommandTests
{
    [Theory]
    [InlineData("kick", "name a host, a port or an id, or else --all")]
    [InlineData("kick 443 --all", "name a host, a port or an id, or else --all")]
    [InlineData("kick nobody", "'nobody' is neither an IP address nor a port nor an id")]
    [InlineData("kick 192.168.1", "'192.168.1' is neither an IP address nor a port nor an id")]
    [InlineData("kick 4294967296000", "'4294967296000' is neither an IP address nor a port nor an id")]
    [InlineData("kick 443 --hold soon", "--hold: they can be held for 1 to 86400 seconds, or 0 for not at all")]
    [InlineData("kick 443 --hold 86401", "--hold: they can be held for 1 to 86400 seconds, or 0 for not at all")]
    [InlineData("kick 443 --hold 5 --cut", "--hold: what is ended cannot be held")]
    [InlineData("kick ''", "'''' is neither an IP address nor a port nor an id")]
    public void What_cannot_be_meant_is_refused(string line, string complaint)
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        var status = new CommandLine(CommandTable.All).Run(line.Split(' '), output, error);

        Assert.Equal((ExitStatus.Usage, "", $"flowtabled kick: {complaint}\n"), (status, output.ToString(), error.ToString()));
    }
}
