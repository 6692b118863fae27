using Flowtabled.Logging;
using Flowtabled.Netlink;
using Flowtabled.Tests.Netlink;
using Microsoft.Extensions.Logging;

namespace Flowtabled.Tests.Logging;

public sealed class DatagramTraceTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly LogdLoggerProvider _log;

    public DatagramTraceTests() => _log = new LogdLoggerProvider(_output, TextWriter.Null) { Level = LogLevel.Trace };

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Each_line_of_the_dump_is_a_line_of_the_log()
    {
        var datagram = Recording.Datagrams("nft/flowtabled.sent.hex")[0];
        DatagramTrace.Nfnetlink(_log.CreateLogger(""))(true, datagram);

        Assert.Equal($"sent {datagram.Length} bytes\n{Trimmed(HexDump.Format(datagram))}", Text);
    }

    [Theory]
    [InlineData(16, 4)] // RTM_NEWLINK: struct ifinfomsg
    [InlineData(36, 5)] // RTM_NEWQDISC: struct tcmsg
    public void A_message_of_rtnetlink_has_the_fixed_header_of_its_kind(byte type, int words)
    {
        byte[] datagram = [36, 0, 0, 0, type, 0, 0, 0, .. new byte[8], .. new byte[20]];
        DatagramTrace.Rtnetlink(_log.CreateLogger(""))(false, datagram);

        Assert.StartsWith("received 36 bytes\n", Text, StringComparison.Ordinal);
        Assert.Equal(words, Text.Split("extra header").Length - 1);
    }

    [Fact]
    public void Nothing_is_said_at_another_level()
    {
        _log.Level = LogLevel.Debug;
        DatagramTrace.Nfnetlink(_log.CreateLogger(""))(true, Recording.Datagrams("nft/flowtabled.sent.hex")[0]);

        Assert.Empty(Text);
    }

    private string Text => _output.ToString();

    private static string Trimmed(string text) => string.Concat(text.Split('\n')[..^1].Select(static line => line.Trim() + "\n"));
}
