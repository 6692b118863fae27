using System.Runtime.InteropServices;
using Flowtabled.Netlink;

namespace Flowtabled.Tests.Netlink.Mutation;

/// <summary>The tool that tests decoders finds what it is for.</summary>
public class StructuredMutationTests
{
    private static readonly IReadOnlyList<byte[]> Recorded = Recording.Datagrams("nft/flowtabled.list.hex");

    [Fact]
    public void A_tree_writes_what_it_was_read_from()
    {
        foreach (var datagram in Recorded)
            Assert.Equal(datagram, MessageNode.Parse(datagram, NfGenMessage.Size).SelectMany(message => message.ToArray()).ToArray());
    }

    [Fact]
    public void Mutations_reach_beyond_the_first_check()
    {
        int read = 0, refused = 0;
        StructuredMutation.Check(Recorded, NfGenMessage.Size, Count, runs: 1000);
        Assert.InRange(read, 500, 1000); // All lengths fit but for those inside of a value.
        Assert.InRange(refused, 10, 500);

        void Count(byte[] datagram)
        {
            try
            {
                Walk(datagram, static (_, _) => { });
                read++;
            }
            catch (NetlinkFormatException)
            {
                refused++;
                throw;
            }
        }
    }

    [Theory]
    [InlineData("a size that is not checked")]
    [InlineData("a string without its NUL")]
    [InlineData("a value that overflows")]
    public void A_careless_decoder_is_found(string fault)
    {
        var found = Assert.ThrowsAny<Exception>(() => StructuredMutation.Check(Recorded, NfGenMessage.Size, Careless));
        Assert.Contains(" from ", found.ToString(), StringComparison.Ordinal);

        void Careless(byte[] datagram) => Walk(datagram, (type, value) =>
        {
            switch (fault)
            {
                case "a size that is not checked" when type == 2:
                    MemoryMarshal.Read<ushort>(value);
                    break;
                case "a string without its NUL" when type == 1:
                    _ = value[..value.IndexOf((byte)0)];
                    break;
                case "a value that overflows" when type == 4 && value.Length == 8:
                    _ = checked((int)(MemoryMarshal.Read<long>(value) >> 24));
                    break;
            }
        });
    }

    [Fact]
    public void A_careless_decoder_is_found_by_cutting()
    {
        var found = Assert.Throws<InvalidOperationException>(
            () => StructuredMutation.Cut(Recorded, NfGenMessage.Size, datagram => Walk(datagram, static (type, value) =>
            {
                if (type == 3)
                    MemoryMarshal.Read<uint>(value);
            })));
        Assert.IsType<ArgumentOutOfRangeException>(found.InnerException);
    }

    private delegate void Visit(int type, ReadOnlySpan<byte> value);

    private static void Walk(byte[] datagram, Visit visit)
    {
        var message = new MessageReader(datagram);
        while (message.Read())
        {
            var attributes = message.Attributes(NfGenMessage.Size);
            while (attributes.Read())
            {
                visit(attributes.Type, attributes.Value);
                if (!attributes.IsNested)
                    continue;
                var nested = attributes.GetNested();
                while (nested.Read())
                    visit(nested.Type, nested.Value);
            }
        }
    }
}
