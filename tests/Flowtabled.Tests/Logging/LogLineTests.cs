using Flowtabled.Logging;

namespace Flowtabled.Tests.Logging;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("one line", "one line\n")]
    [InlineData("", "\n")]
    [InlineData("  first\r\n   second\n\nthird\n", "first | second | third\n")]
    [InlineData("next line\u0085paragraph\u2029end", "next line | paragraph | end\n")]
    [InlineData("eth0\u001b[31m\tx\0", "eth0?[31m\tx?\n")]
    [InlineData("Gerät ☃", "Gerät ☃\n")]
    public void An_entry_is_one_line(string message, string expected)
        => Assert.Equal(expected, LogLine.Format(message, null));

    [Fact]
    public void An_exception_is_followed_by_its_cause()
    {
        Exception exception = new IOException("outer\nmore", new TimeoutException("inner"));

        Assert.Equal(
            "it failed: IOException: outer | more: TimeoutException: inner\n",
            LogLine.Format("it failed", exception));
    }
}
