using System.Text;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>The parser against the real uci, and what its recordings do not say.</summary>
public class UciParserTests
{
    private static readonly UciRecording[] Recordings = [.. UciRecording.Load("uci/syntax.json"), .. UciRecording.Load("uci/mutants.json")];

    public static TheoryData<string> Names => new(Recordings.Select(recording => recording.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_what_it_is_for_uci(string name)
    {
        var recording = Recordings.Single(recording => recording.Name == name);

        if (recording.Error is not null)
        {
            var error = Assert.Throws<UciParseException>(() => UciParser.Parse("t", recording.File));
            Assert.Equal(recording.Error, error.Message);
            return;
        }

        var package = UciParser.Parse("t", recording.File);
        Assert.Equal(recording.Show, Encoding.Latin1.GetString(UciShow.Render(package)));
        Assert.Equal(recording.ShowX, Encoding.Latin1.GetString(UciShow.Render(package, generatedNames: true)));
    }

    [Fact]
    public void The_recordings_have_every_error_that_libuci_has_for_a_file()
    {
        string[] reasons =
        [
            "EOF with unterminated \"", "EOF with unterminated '", "config without name", "insufficient arguments",
            "invalid character in name field", "invalid character in type field", "invalid command",
            "option without name", "option/list command found before the first section", "package without name",
            "section of different type overwrites prior section with same name", "too many arguments",
        ];

        var recorded = Recordings.Where(recording => recording.Error is not null).Select(recording => recording.Error!.Split('(', ')')[1]);

        Assert.Equal(reasons, recorded.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_error_says_what_where_and_in_which_package()
    {
        var error = Assert.Throws<UciParseException>(() => UciParser.Parse("firewall", "config zone\n\toption name lan wan\n"u8));

        Assert.Equal(("firewall", "too many arguments", 2, 21), (error.Package, error.Reason, error.Line, error.Byte));
        Assert.Equal("Parse error (too many arguments) at line 2, byte 21", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../firewall")]
    [InlineData("fire.wall")]
    [InlineData("fire wall")]
    public void A_name_that_no_package_has_is_refused(string name)
    {
        Assert.False(UciName.IsPackage(name));
        Assert.Throws<ArgumentException>(() => UciParser.Parse(name, ""u8));
    }

    [Fact]
    public void Sections_and_options_know_their_lines()
    {
        var package = UciParser.Parse(
            "t", "# comment\n\nconfig s a\n option x 'one\ntwo'\n list y 1\n list y 2\nconfig s\nconfig s a\n option x 2\n option z 1"u8);

        Assert.Equal([3, 8], package.Sections.Select(section => section.Line));
        Assert.Equal([("x", 10), ("y", 6), ("z", 11)], package.Sections[0].Options.Select(option => (option.Name, option.Line)));
    }

    [Fact]
    public void Sections_and_options_are_found_by_name()
    {
        var package = UciParser.Parse("t", "config s\nconfig s a\n option x 1\n"u8);

        Assert.Same(package.Sections[0], package.FindSection(package.Sections[0].Name));
        Assert.Same(package.Sections[1], package.FindSection("a"));
        Assert.Null(package.FindSection("b"));
        Assert.Equal("1", package.Sections[1].FindOption("x")?.Value);
        Assert.Null(package.Sections[1].FindOption("y"));
    }

    [Fact]
    public void Users_refer_to_a_section_by_its_name_or_by_its_type_and_index()
    {
        var package = UciParser.Parse("t", "config s\nconfig r\nconfig s\nconfig s a\nconfig s\n"u8);

        Assert.Equal(["@s[0]", "@r[0]", "@s[1]", "a", "@s[3]"], package.Sections.Select(package.Reference));
    }

    [Fact]
    public void A_list_reads_as_one_value_and_an_option_as_a_list()
    {
        var section = UciParser.Parse("t", "config s a\n list l 'a b'\n list l c\n option o ' d\te  f\n'\n"u8).Sections[0];

        Assert.Equal("a b c", section.FindOption("l")!.Value);
        Assert.Equal(["a b", "c"], section.FindOption("l")!.Words);
        Assert.Equal(" d\te  f\n", section.FindOption("o")!.Value);
        Assert.Equal(["d", "e", "f"], section.FindOption("o")!.Words);
    }

    // libuci doubles its buffer for each of them, and at about 27 has no memory left.
    [Fact]
    public void Many_lines_with_NUL_cost_no_memory()
    {
        var file = Encoding.Latin1.GetBytes("config s a\n option x '" + string.Concat(Enumerable.Repeat("ab\0\n", 100_000)) + "'\n");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var package = UciParser.Parse("t", file);

        Assert.Equal(200_000, package.Sections[0].FindOption("x")!.Value.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }
}
