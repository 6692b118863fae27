using Flowtabled.Daemon;
using Flowtabled.Flows;
using Flowtabled.Kernel;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Daemon;

/// <summary>What a command and the daemon write to each other about a kick; what is no order moves nothing.</summary>
public sealed class KickLettersTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kick").FullName;
    private readonly KickLetters _letters;

    public KickLettersTests() => _letters = new KickLetters(_directory);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void An_order_and_its_answer_are_read_as_they_were_written()
    {
        var order = new KickOrder(new ConnectionChoice { Host = InetAddress.TryParse("2001:db8::1") }) { Hold = 60 };
        _letters.Send(7, order);
        Assert.Equal((7, order), _letters.Take());
        Assert.Null(_letters.Take());

        var result = new KickResult { Exodus = new Exodus(3, 1, "a helper"), Held = 4 };
        _letters.Answer(7, result, null);
        Assert.Null(_letters.AnswerTo(8));
        Assert.Equal((result, null), _letters.AnswerTo(7));
        _letters.Answer(8, null, "too\nmany");
        Assert.Equal("too many", _letters.AnswerTo(8)!.Value.Error);
    }

    [Theory]
    [InlineData("number 1\nhold 5\n")]
    [InlineData("number 1\nhost nobody\nhold 5\n")]
    [InlineData("number 1\nport 80\n")]
    [InlineData("port 80\nhold 5\n")]
    [InlineData("number 1\nall 1\nport 80\nhold 5\n")]
    [InlineData("number 1\nport 65616\nhold 5\n")] // 80, cut to 16 bits
    [InlineData("number 1\nid 4294967376\nhold 5\n")]
    [InlineData("number 1\nport 80\nhold 4294967301\n")]
    [InlineData("")]
    public void What_is_no_order_is_not_taken_for_one(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_letters.OrderPath)!);
        File.WriteAllText(_letters.OrderPath, text);
        Assert.Null(_letters.Take());
    }
}
