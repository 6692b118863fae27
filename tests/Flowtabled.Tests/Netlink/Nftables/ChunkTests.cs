using Flowtabled.Netlink;
using Flowtabled.Netlink.Nftables;
using static Flowtabled.Netlink.Uapi.NfTables;

namespace Flowtabled.Tests.Netlink.Nftables;

/// <summary>What one message cannot hold goes into several.</summary>
public class ChunkTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(600, 3)]
    public void A_flowtable_has_at_most_255_devices_a_message(int count, int messages)
    {
        var names = Names(count);
        var batch = new NftBatch();
        batch.Add(Sample.Flowtable with { Devices = [.. names] });
        Assert.Equal(messages, batch.Count);
        Assert.Equal(names, Devices(batch));
        // A flag that is left out is cleared.
        Assert.All(Flowtables(batch), flowtable => Assert.Equal(NftFlowtableFlags.Counter, flowtable.Flags));

        batch.Clear();
        batch.UpdateFlowtable(Sample.Name, "sw", NftFlowtableFlags.None, names);
        Assert.Equal(messages, batch.Count);
        Assert.Equal(names, Devices(batch));

        batch.Clear();
        batch.RemoveDevices(Sample.Name, "sw", names);
        Assert.Equal(count == 0 ? 0 : messages, batch.Count); // Without devices it would delete the flowtable.
        Assert.Equal(names, Devices(batch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(20000)]
    public void Elements_fill_a_list_of_64_KiB_at_most(int count)
    {
        var ranges = Enumerable.Range(1, count).Select(i => Sample.Range($"{2 * i:x8}", $"{2 * i:x8}"));
        var elements = ranges.Select(range => range with { Comment = "a range" }).ToArray();
        var batch = new NftBatch();
        batch.AddElements(Sample.Exclude4, elements);
        batch.DeleteElements(Sample.Exclude4, elements);

        List<SetElementCodec.Raw>[] raw = [[], []];
        var reader = new MessageReader(batch.Messages);
        while (reader.Read())
            SetElementCodec.Read(in reader, raw[(reader.Header.Type & 0xff) == NFT_MSG_NEWSETELEM ? 0 : 1]);
        foreach (var list in raw)
        {
            Assert.Equal(2 * count, list.Count);
            var expected = elements.Select(element => element with { Last = null });
            Assert.Equal(expected, SetElementCodec.Assemble(Sample.Exclude4, list));
        }

        // A pair is never parted: the first of each message is a beginning.
        Assert.All(Recording.Split(batch.Messages), message => Assert.False(First(message).IsEnd));
    }

    [Theory]
    [InlineData("00000000", "00ffffff")]
    [InlineData("00000001", "ffffffff")]
    [InlineData("00000000", "ffffffff")]
    [InlineData("0a000000", "0affffff")]
    public void A_set_of_fixed_size_has_room_for_every_end(string first, string last)
    {
        NftSetElement[] elements = [Sample.Range(first, last)];
        var batch = new NftBatch();
        batch.Add(Sample.Exclude4);
        batch.AddElements(Sample.Exclude4, elements);
        Assert.Equal(Count(batch), SetElementCodec.Count(Sample.Exclude4, elements));

        // In a concatenation an element has both ends, those of a single value too.
        var pairs = SampleExpressions.Sets[2];
        batch.Clear();
        batch.Add(pairs);
        batch.AddElements(pairs, [Sample.Element("0a00000000500000")]);
        Assert.Equal(1, Count(batch));
        Assert.Equal(1, SetElementCodec.Count(pairs, [Sample.Element("0a00000000500000")]));
    }

    private static int Count(NftBatch batch)
    {
        var elements = new List<SetElementCodec.Raw>();
        var reader = new MessageReader(batch.Messages);
        while (reader.Read())
        {
            if ((reader.Header.Type & 0xff) == NFT_MSG_NEWSETELEM)
                SetElementCodec.Read(in reader, elements);
        }

        return elements.Count;
    }

    private static SetElementCodec.Raw First(byte[] message)
    {
        var reader = new MessageReader(message);
        reader.Read();
        var elements = new List<SetElementCodec.Raw>();
        SetElementCodec.Read(in reader, elements);
        return elements[0];
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"eth{i}")];

    private static IEnumerable<string> Devices(NftBatch batch) => Flowtables(batch).SelectMany(flowtable => flowtable.Devices);

    private static List<NftFlowtable> Flowtables(NftBatch batch)
    {
        var flowtables = new List<NftFlowtable>();
        var reader = new MessageReader(batch.Messages);
        while (reader.Read())
            flowtables.Add(FlowtableCodec.Read(in reader));
        return flowtables;
    }
}
