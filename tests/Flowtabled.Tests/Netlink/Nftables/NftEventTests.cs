using System.Runtime.InteropServices;
using System.Text;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What the kernel told nft monitor of a script, read as what the script does.</summary>
public class NftEventTests
{
    private const int Nftables = NfNetlink.NFNL_SUBSYS_NFTABLES << 8;

    [Fact]
    public void Each_event_tells_what_nft_changed() => Assert.Equal(
        [
            // Rules added, inserted, put behind and before another, in the place of one, deleted.
            .. Repeat(4, "Rule of inet t"), "no Rule of inet t", "Rule of inet t", "no Rule of inet t",
            // A range is told as two elements, its beginning and its end.
            "Elements of inet t", "no Elements of inet t",
            .. Repeat(4, "Elements of inet t"), .. Repeat(2, "no Elements of inet t"), "no Elements of inet t",
            "no Set of inet t",
            "Flowtable of inet t", .. Repeat(2, "no Flowtable of inet t"),
            .. Repeat(6, "no Rule of inet t"), "no Chain of inet t", "no StatefulObject of inet t",
            "Table of inet u", "Chain of inet u", "Set of inet u", "Elements of inet u", "Flowtable of inet u",
            // A table takes with it what is in it, told before itself.
            .. Repeat(3, "no Set of inet t"), "no Flowtable of inet t", "no Chain of inet t", "no Table of inet t",
        ],
        Read("nft/changes.event.hex"));

    [Fact]
    public void Everything_about_a_new_table_concerns_it()
    {
        foreach (var message in Changes("nft/flowtabled.event.hex"))
        {
            var change = Read(message);
            Assert.True(change.Concerns(NftFamily.Inet, "flowtabled"u8));
            Assert.False(change.Concerns(NftFamily.Ipv4, "flowtabled"u8));
            Assert.False(change.Concerns(NftFamily.Inet, "flowtable"u8));
            Assert.False(change.Concerns(NftFamily.Inet, "flowtabled_hw"u8));
            Assert.False(change.Concerns(NftFamily.Inet, "flowtabled\0"u8));
            Assert.False(change.IsRemoval);
        }
    }

    [Theory]
    [InlineData("nft/expressions.event.hex", "inet t")]
    [InlineData("nft/sets.event.hex", "inet t")]
    [InlineData("nft/owned.event.hex", "inet t")]
    [InlineData("nft/foreign.event.hex", "inet t", "netdev n", "ip6 six")]
    public void Each_event_names_its_table(string fixture, params string[] tables) =>
        Assert.Equal(tables, Read(fixture).Select(text => text[(text.IndexOf(" of ", StringComparison.Ordinal) + 4)..]).Distinct());

    [Fact]
    public void An_event_tells_the_port_of_who_asked()
    {
        foreach (var fixture in (string[])["nft/changes.event.hex", "nft/flowtabled.event.hex", "nft/sets.event.hex"])
        {
            // nft binds its process's id, and the generation at the end has that too.
            var messages = Recording.Messages(fixture);
            var end = messages.Last(message => Type(message) == (Nftables | NFT_MSG_NEWGEN));
            var reader = Reader(end);
            var process = GenerationCodec.Read(in reader).ProcessId;
            Assert.All(Changes(fixture), message => Assert.Equal(process, Read(message).Port));
        }
    }

    [Fact]
    public void Messages_of_all_other_types_are_passed_over()
    {
        // Even a body that is none of theirs is not looked at.
        var told = Enumerable.Range(0, ushort.MaxValue + 1).Where(type =>
        {
            var reader = Reader(KernelMessage.Frame((ushort)type, 0, 0, 0, [0, 0, 0, 0]));
            return NftEvent.TryRead(in reader, out _);
        });
        int[] kinds = [NFT_MSG_NEWTABLE, NFT_MSG_NEWCHAIN, NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWOBJ, NFT_MSG_NEWFLOWTABLE];
        Assert.Equal(kinds.SelectMany(kind => (int[])[Nftables | kind, Nftables | (kind + 2)]).Order(), told);
    }

    [Fact]
    public void The_table_is_found_wherever_it_stands()
    {
        var message = MessageNode.Parse(Changes("nft/owned.event.hex")[0], NfGenMessage.Size)[0];
        message.Attributes.Reverse();
        Assert.Equal("Table of inet t", Describe(message.ToArray()));
        message.Attributes.RemoveAll(attribute => attribute.Type == NFTA_TABLE_NAME);
        Assert.Equal("Table of inet ", Describe(message.ToArray()));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var datagrams = Recording.Datagrams("nft/changes.event.hex").ToArray();
        Count(datagrams);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Count(datagrams);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(count, 30, 100);

        static int Count(byte[][] datagrams)
        {
            var count = 0;
            foreach (var datagram in datagrams)
            {
                var reader = new MessageReader(datagram);
                while (reader.Read())
                    count += NftEvent.TryRead(in reader, out var change) && change.Concerns(NftFamily.Inet, "t"u8) ? 1 : 0;
            }

            return count;
        }
    }

    [Fact]
    public void A_mutated_event_is_read_or_refused() => StructuredMutation.Check(OneOfEachType(), NfGenMessage.Size, Decode);

    [Fact]
    public void A_cut_event_is_read_or_refused() => StructuredMutation.Cut(OneOfEachType(), NfGenMessage.Size, Decode);

    private static byte[][] OneOfEachType() => [.. Recording.Messages("nft/changes.event.hex").Where(m => Type(m) >= Nftables).DistinctBy(Type)];

    private static void Decode(byte[] datagram)
    {
        var reader = new MessageReader(datagram);
        while (reader.Read())
        {
            if (NftEvent.TryRead(in reader, out var change))
                Assert.InRange(change.Table.Length, 0, datagram.Length);
        }
    }

    // nft monitor first asks for what there is: answers have NLM_F_MULTI.
    private static List<byte[]> Changes(string fixture)
    {
        var changes = Recording.Messages(fixture)
            .Where(message => (Header(message).Flags & NetlinkUapi.NLM_F_MULTI) == 0)
            .Where(message => Type(message) != (Nftables | NFT_MSG_NEWGEN))
            .ToList();
        Assert.NotEmpty(changes);
        return changes;
    }

    private static IEnumerable<string> Read(string fixture) => Changes(fixture).Select(Describe);

    private static string Describe(byte[] message)
    {
        var change = Read(message);
        return $"{(change.IsRemoval ? "no " : "")}{change.Subject} of {change.Family.ToNft()} {Encoding.Latin1.GetString(change.Table)}";
    }

    private static NftEvent Read(byte[] message)
    {
        var reader = Reader(message);
        Assert.True(NftEvent.TryRead(in reader, out var change));
        return change;
    }

    private static MessageReader Reader(byte[] message)
    {
        var reader = new MessageReader(message);
        Assert.True(reader.Read());
        return reader;
    }

    private static NetlinkHeader Header(byte[] message) => MemoryMarshal.Read<NetlinkHeader>(message);

    private static int Type(byte[] message) => Header(message).Type;

    private static IEnumerable<string> Repeat(int count, string text) => Enumerable.Repeat(text, count);
}
