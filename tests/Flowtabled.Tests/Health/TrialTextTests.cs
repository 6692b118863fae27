using System.Text;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Health;

/// <summary>The record of a trial: what a power cut leaves of it is never taken for another one.</summary>
public class TrialTextTests
{
    private const string Text = """
        kernel 6.12.71
        options hw auto, hw_shaped deny
        port lan1 mt7530-mdio
        port wan mtk_soc_eth
        boot 3c5b9f2e-7a2d-4b8a-9d5e-0123456789ab
        state running
        starts 12

        """;

    private static readonly HardwareTrial Trial = new(
        new TrialSubject("6.12.71", "hw auto, hw_shaped deny", ["lan1 mt7530-mdio", "wan mtk_soc_eth"]),
        "3c5b9f2e-7a2d-4b8a-9d5e-0123456789ab",
        TrialState.Running,
        12);

    [Fact]
    public void It_is_written_in_lines() => Assert.Equal(Text, TrialText.Of(Trial));

    [Theory]
    [InlineData(TrialState.Running)]
    [InlineData(TrialState.Passed)]
    [InlineData(TrialState.Distrusted)]
    public void What_was_written_is_read(TrialState state)
    {
        var trial = Trial with { State = state, Subject = Trial.Subject with { Ports = ["caf\u00c3\u00a9 -"], Options = "hw auto, not \u00ff" } };

        var read = TrialText.Parse(TrialText.Of(trial), out _)!;

        Assert.Equal(trial.Subject.Ports, read.Subject.Ports);
        Assert.Equal(trial, read with { Subject = read.Subject with { Ports = trial.Subject.Ports } });
    }

    [Fact]
    public void Cut_anywhere_it_is_none()
    {
        for (var length = 0; length < Text.Length; length++)
        {
            Assert.Null(TrialText.Parse(Text[..length], out var line));
            Assert.Equal(Text.AsSpan(0, length).Count('\n') + 1, line);
        }
    }

    [Fact]
    public void A_byte_changed_anywhere_does_no_harm()
    {
        for (var i = 0; i < Text.Length; i++)
        {
            foreach (var other in (char[])['\0', '\n', ' ', '9', '\u00ff'])
            {
                var text = new StringBuilder(Text) { [i] = other }.ToString();
                if (TrialText.Parse(text, out var line) is { } trial)
                    Assert.Equal(text, TrialText.Of(trial));
                else
                    Assert.InRange(line, 1, text.Count('\n') + 1);
            }
        }
    }

    [Theory]
    [InlineData("kernel 6.12.71", "release 6.12.71", 1)]
    [InlineData("options hw", "option hw", 2)]
    [InlineData("port lan1 mt7530-mdio\nport wan mtk_soc_eth\n", "", 3)]
    [InlineData("boot ", "boots ", 5)]
    [InlineData("state running", "state Running", 6)]
    [InlineData("starts 12", "starts 0", 7)]
    [InlineData("starts 12", "starts -1", 7)]
    [InlineData("starts 12", "starts 99999999999", 7)]
    [InlineData("starts 12\n", "starts 12\nstarts 12\n", 8)]
    public void The_line_that_is_wrong_is_named(string right, string wrong, int expected)
    {
        Assert.Null(TrialText.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), out var line));
        Assert.Equal(expected, line);
    }
}
