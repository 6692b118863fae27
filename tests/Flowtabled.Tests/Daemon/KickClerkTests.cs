using Flowtabled.Daemon;
using Flowtabled.Flows;
using Flowtabled.Logging;

namespace Flowtabled.Tests.Daemon;

/// <summary>When an order is heard of; it asks for what cannot be, so the kernel is not needed to answer it.</summary>
public sealed class KickClerkTests : IDisposable
{
    private static readonly KickOrder Refused = new(new ConnectionChoice()) { Hold = KickOrder.LongestHold + 1 };

    private readonly string _root = Directory.CreateTempSubdirectory("flowtabled-kick").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly LogdLoggerProvider _log;
    private readonly KickLetters _letters;
    private readonly KickClerk _clerk;

    public KickClerkTests()
    {
        _log = new LogdLoggerProvider(_output, _error);
        _letters = new KickLetters(_root);
        _clerk = new KickClerk(null!, _root, _log.CreateLogger("test"));
    }

    public void Dispose()
    {
        _clerk.Dispose();
        _log.Dispose();
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void One_is_answered_once_and_one_for_an_earlier_daemon_not_at_all()
    {
        _letters.Send(1, Refused);
        _clerk.Begin();
        Assert.Null(_letters.AnswerTo(1));

        _letters.Send(2, Refused);
        _clerk.Serve();
        Assert.Equal(Refused.Problem, _letters.AnswerTo(2)!.Value.Error);
        Assert.False(File.Exists(_letters.OrderPath));
    }

    [Fact]
    public void One_is_heard_of_after_its_directory_went_and_came_again()
    {
        _letters.Send(1, Refused);
        _clerk.Begin();
        Directory.Delete(Path.GetDirectoryName(_letters.OrderPath)!, recursive: true);
        _clerk.Serve();

        _letters.Send(2, Refused);
        _clerk.Serve();
        Assert.NotNull(_letters.AnswerTo(2));
        _letters.Send(3, Refused);
        _clerk.Serve();
        Assert.NotNull(_letters.AnswerTo(3));
        Assert.Equal("", _output.ToString() + _error);
    }
}
