using Flowtabled.Cli;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Cli;

public sealed class CommandLineTests
{
    private enum Level
    {
        Auto,
        Port,
        Logical,
    }

    private static readonly ValueOption Name = new("--name", "NAME", "nobody", "a name");
    private static readonly ChoiceOption<Level> Where = new("--level", Level.Port, "a level");
    private static readonly Flag Keep = new("--keep", "keep it");
    private static readonly Argument First = new("FIRST", "a word") { Choices = ["on", "off"] };
    private static readonly Argument Second = new("SECOND", "a word") { IsOptional = true };

    private static readonly Command Echo = new("echo", "print what came", static call =>
    {
        call.Output.Write(
            $"{call.Get(First)} {call.Get(Second) ?? "-"} {call.Get(Name)} {call.Get(Where)} {call.Has(Keep)} {call.Has(CommonOptions.Json)}");
        return ExitStatus.Findings;
    })
    {
        Arguments = [First, Second],
        Options = [Name, Where, Keep, CommonOptions.Json],
    };

    private static readonly Command Plain = new("plain", "take nothing", static call =>
    {
        call.Output.Write("begun");
        return call.Get(CommonOptions.ConfigDirectory) switch
        {
            "refuse" => throw new CommandException("the kernel refused"),
            "fault" => throw new InvalidOperationException("a bug"),
            "disk" => throw new IOException("No space left on device"),
            "kernel" => throw new NetlinkException("read table inet flowtabled", Errno.EPERM),
            _ => ExitStatus.Fine,
        };
    })
    {
        Options = [CommonOptions.ConfigDirectory],
    };

    [Theory]
    [InlineData("echo on", "on - nobody Port False False")]
    [InlineData("echo off word", "off word nobody Port False False")]
    [InlineData("echo --name x on", "on - x Port False False")]
    [InlineData("echo --name=x=y on", "on - x=y Port False False")]
    [InlineData("echo on --name --keep", "on - --keep Port False False")]
    [InlineData("echo --name x --name y on", "on - y Port False False")]
    [InlineData("echo --level auto on", "on - nobody Auto False False")]
    [InlineData("echo --level=logical on", "on - nobody Logical False False")]
    [InlineData("echo on --keep", "on - nobody Port True False")]
    [InlineData("--json echo on", "on - nobody Port False True")]
    [InlineData("echo on -- --keep", "on --keep nobody Port False False")]
    [InlineData("echo on -- -h", "on -h nobody Port False False")]
    [InlineData("echo on --name -h", "on - -h Port False False")]
    [InlineData("echo on -", "on - nobody Port False False")]
    public void What_is_given_reaches_the_command(string line, string expected)
    {
        (int status, string output, string error) = Run(line);

        Assert.Equal(expected, output);
        Assert.Equal("", error);
        Assert.Equal(ExitStatus.Findings, status);
    }

    [Theory]
    [InlineData("ehco on", "flowtabled: there is no command 'ehco'; did you mean 'echo'? (see flowtabled --help)")]
    [InlineData("banana", "flowtabled: there is no command 'banana' (see flowtabled --help)")]
    [InlineData("echo on --kep", "flowtabled: there is no option '--kep'; did you mean '--keep'? (see flowtabled echo --help)")]
    [InlineData("echo on -k", "flowtabled: there is no option '-k' (see flowtabled echo --help)")]
    [InlineData("echo on --version", "flowtabled: there is no option '--version' (see flowtabled echo --help)")]
    [InlineData("--jsno echo on", "flowtabled: there is no option '--jsno'; did you mean '--json'? (see flowtabled --help)")]
    [InlineData("echo on --config-dir x", "flowtabled: there is no option '--config-dir' (see flowtabled echo --help)")]
    [InlineData("--config-dir x echo on", "flowtabled echo: --config-dir is not an option of echo (see flowtabled echo --help)")]
    [InlineData("echo on --keep=yes", "flowtabled: --keep takes no value (see flowtabled echo --help)")]
    [InlineData("echo on --name", "flowtabled: --name needs a value: --name NAME (see flowtabled echo --help)")]
    [InlineData("echo --name= on", "flowtabled: --name needs a value: --name NAME (see flowtabled echo --help)")]
    [InlineData("echo on --level 1", "flowtabled: --level is one of auto, port, logical, not '1' (see flowtabled echo --help)")]
    [InlineData("echo on --level Port", "flowtabled: --level is one of auto, port, logical, not 'Port' (see flowtabled echo --help)")]
    [InlineData("echo", "flowtabled echo: FIRST is missing (see flowtabled echo --help)")]
    [InlineData("echo maybe", "flowtabled echo: FIRST is one of on, off, not 'maybe' (see flowtabled echo --help)")]
    [InlineData("echo on a b", "flowtabled echo: 'b' is one word too many (see flowtabled echo --help)")]
    public void A_wrong_line_is_named_and_nothing_is_done(string line, string expected)
    {
        (int status, string output, string error) = Run(line);

        Assert.Equal(expected + "\n", error);
        Assert.Equal("", output);
        Assert.Equal(ExitStatus.Usage, status);
    }

    [Fact]
    public void No_command_is_wrong_usage_and_shows_the_help()
    {
        (int status, string output, string error) = Run("");

        Assert.Equal(HelpText.Of([Echo, Plain]), error);
        Assert.Equal("", output);
        Assert.Equal(ExitStatus.Usage, status);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("echo --help")]
    [InlineData("echo -h")]
    [InlineData("--help echo")]
    [InlineData("echo one two three --help")]
    public void Help_is_given_whatever_else_is_said(string line)
    {
        (int status, string output, string error) = Run(line);

        Assert.Equal(line is "--help" or "-h" ? HelpText.Of([Echo, Plain]) : HelpText.Of(Echo), output);
        Assert.Equal("", error);
        Assert.Equal(ExitStatus.Fine, status);
    }

    [Fact]
    public void The_version_is_told_as_other_programs_do()
    {
        using StringWriter output = new(), error = new();

        Assert.Equal(ExitStatus.Fine, new CommandLine(CommandTable.All).Run(["--version"], output, error));
        Assert.StartsWith($"flowtabled {BuildVersion.Current.Number}\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", error.ToString());
    }

    [Theory]
    [InlineData("refuse", "flowtabled plain: the kernel refused\n")]
    [InlineData("disk", "flowtabled plain: No space left on device\n")]
    [InlineData("kernel", "flowtabled plain: read table inet flowtabled: EPERM (Operation not permitted)\n")]
    public void What_a_command_cannot_do_is_one_line(string what, string expected)
    {
        (int status, string output, string error) = Run($"plain --config-dir {what}");

        Assert.Equal(expected, error);
        Assert.Equal("begun", output);
        Assert.Equal(ExitStatus.Failed, status);
    }

    [Fact]
    public void A_fault_of_the_program_says_so()
    {
        (int status, _, string error) = Run("plain --config-dir fault");

        Assert.StartsWith("flowtabled plain: a fault of the program: System.InvalidOperationException: a bug", error, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Failed, status);
    }

    private static (int Status, string Output, string Error) Run(string line)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int status = new CommandLine([Echo, Plain]).Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, error);
        return (status, output.ToString(), error.ToString());
    }
}
