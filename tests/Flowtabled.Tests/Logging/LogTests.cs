using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Tests.Logging;

public sealed class LogTests
{
    private static readonly LoggerMessageAttribute[] Messages =
    [
        .. typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(static method => method.GetCustomAttributes<LoggerMessageAttribute>()),
    ];

    [Fact]
    public void Event_ids_are_unique_and_in_the_blocks()
    {
        Assert.NotEmpty(Messages);
        Assert.Distinct(Messages.Select(static message => message.EventId));
        Assert.All(Messages, static message => Assert.InRange(message.EventId, 1000, 6999));
    }

    [Fact]
    public void Every_message_has_one_value()
        => Assert.All(Messages, static message => Assert.Equal(1, message.Message.Count('{')));
}
