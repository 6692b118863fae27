using System.Text;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink;

public class HexDumpTests
{
    [Fact]
    public void Prints_what_nft_prints()
    {
        var datagram = Assert.Single(Recording.Datagrams("nft/flowtabled.sent.hex"));
        var withoutEnd = datagram.AsSpan()[..^20]; // nft --check sends no NFNL_MSG_BATCH_END.
        Assert.Equal(Encoding.Latin1.GetString(Fixture.Read("nft/flowtabled.mnl.txt")), HexDump.Format(withoutEnd));
    }

    [Fact]
    public void Prints_the_payload_of_a_control_message_without_asking_for_attributes()
    {
        byte[] done = [20, 0, 0, 0, 3, 0, 2, 0, 7, 0, 0, 0, 1, 2, 0, 0, 0xfe, 0xff, 0xff, 0xff];
        var lines = HexDump.Format(done).Split('\n');
        Assert.Equal("| 00003 | -M-- |\t|  type | flags  |", lines[2]);
        Assert.Equal("|  0000000513  |\t|     port ID    |", lines[4]);
        Assert.Equal("| fe ff ff ff  |\t|                |", lines[6]);
        Assert.Equal(9, lines.Length);
    }

    [Fact]
    public void Stops_before_a_message_that_is_cut()
    {
        var datagram = Recording.Datagrams("nft/flowtabled.sent.hex")[0];
        var first = HexDump.Format(datagram.AsSpan()[..20]);
        Assert.Equal(first, HexDump.Format(datagram.AsSpan()[..40]));
        for (var length = 0; length < datagram.Length; length++)
            Assert.StartsWith(HexDump.Format(datagram.AsSpan()[..length]), HexDump.Format(datagram), StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_before_a_message_whose_length_is_no_message() =>
        Assert.Equal("", HexDump.Format([8, 0, 0, 0, .. new byte[16]]));

    [Fact]
    public void Prints_odd_lengths_and_the_fixed_headers_of_other_protocols()
    {
        // An rtnetlink message with a fixed header of 16 bytes, then an attribute of 5 bytes whose padding was left out.
        byte[] message = [37, 0, 0, 0, 16, 0, 0, 0, .. new byte[8], .. new byte[16], 5, 0, 3, 0x40, (byte)'e'];
        var lines = HexDump.Format(message, fixedHeaderSize: 16).Split('\n');
        Assert.Equal(4, lines.Count(line => line.Contains("extra header", StringComparison.Ordinal)));
        Assert.Equal("|00005|-B|00003|\t|len |flags| type|", lines[10]);
        Assert.Equal("| 65 00 00 00  |\t|      data      |\t e      ", lines[11]);
    }
}
