using Flowtabled.Cli;

namespace Flowtabled.Tests.Cli;

public sealed class ColumnsTests
{
    [Theory]
    [InlineData("", 5, "")]
    [InlineData("one two", 7, "one two")]
    [InlineData("one two", 6, "one|two")]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one  two", 4, "one|two")]
    [InlineData("unbreakable", 4, "unbr|eaka|ble")]
    [InlineData("a unbreakable", 4, "a|unbr|eaka|ble")]
    [InlineData("four four", 4, "four|four")]
    [InlineData(" x", 1, "|x")]
    public void Text_is_broken_at_blanks_and_where_there_are_none_anywhere(string text, int width, string lines)
        => Assert.Equal(lines, string.Join('|', Columns.Wrap(text, width)));

    [Fact]
    public void A_cell_that_is_too_wide_goes_on_below_in_its_column()
    {
        var columns = new Columns(4, 10);
        columns.Add("a", "short", "what is left is for the last column, which takes as many lines as it needs to say it all");
        columns.Add("abcdef", "two words", "x");

        Assert.Equal(
            """
            a     short      what is left is for the last column, which takes as many lines
                             as it needs to say it all
            abcd  two words  x
            ef

            """,
            Text(columns));
    }

    [Fact]
    public void Nothing_makes_a_line_wider_than_80()
    {
        var columns = new Columns(15, 14, 7, 6);
        for (var length = 0; length < 200; length += 7)
        {
            var (word, words) = (new string('x', length), string.Concat(Enumerable.Repeat("word ", length / 5)));
            columns.Add(word, words, word, words, word);
            columns.Add(words, word, words, word, words);
        }

        var lines = Text(columns).Split('\n');

        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, static line => line.Length == 80);
        Assert.DoesNotContain(lines, static line => line.EndsWith(' '));
    }

    private static string Text(Columns columns)
    {
        using StringWriter output = new() { NewLine = "\n" };
        columns.Write(output);
        return output.ToString();
    }
}
