using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>Qdiscs as the kernel sent them to tc.</summary>
public class TrafficControlTests
{
    private static readonly Dictionary<int, string> s_names = LinkNames();

    [Fact]
    public void Each_qdisc_is_read()
    {
        var qdiscs = Recording.Messages("rt/qdiscs.hex").SelectMany(DecodeQdiscs);

        Assert.Equal(
            [
                "br-lan noqueue root", "host1 noqueue root", "ifb4wan cake root", "lan1 clsact ingress", "lan1 noqueue root",
                "lan2 noqueue root", "lo noqueue root", "wan fq_codel 10: of 1:1", "wan htb root", "wan ingress ingress", "wan.7 noqueue root",
            ],
            qdiscs.Select(q => $"{s_names[q.Device]} {q.Kind} {Place(q)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_qdisc_without_a_kind_is_refused()
    {
        var message = MessageNode.Parse(Recording.Messages("rt/qdiscs.hex")[0], TrafficControlMessage.Size)[0];
        message.Attributes.Clear();

        Assert.Contains("has no kind", Assert.Throws<NetlinkFormatException>(() => DecodeQdiscs(message.ToArray())).Message);
    }

    [Fact]
    public void A_mutated_qdisc_is_read_or_refused() =>
        StructuredMutation.Check(Recording.Messages("rt/qdiscs.hex"), TrafficControlMessage.Size, d => DecodeQdiscs(d));

    [Fact]
    public void A_cut_qdisc_is_read_or_refused() =>
        StructuredMutation.Cut(Recording.Messages("rt/qdiscs.hex"), TrafficControlMessage.Size, d => DecodeQdiscs(d));

    private static string Place(Qdisc qdisc)
    {
        if (qdisc.IsIngress)
            return "ingress";
        if (qdisc.IsRoot)
            return "root";
        return $"{qdisc.Handle >> 16:x}: of {qdisc.Parent >> 16:x}:{qdisc.Parent & 0xffff:x}";
    }

    private static List<Qdisc> DecodeQdiscs(byte[] datagram) => Decode<Qdisc>(datagram, Qdisc.TryDecode);

    private static List<T> Decode<T>(byte[] datagram, Decoder<T> decode)
    {
        var items = new List<T>();
        var reader = new MessageReader(datagram);
        while (reader.Read())
        {
            if (decode(in reader, out var item))
                items.Add(item);
        }

        return items;
    }

    private static Dictionary<int, string> LinkNames()
    {
        var names = new Dictionary<int, string>();
        foreach (var message in Recording.Messages("rt/links.hex"))
        {
            var link = Assert.Single(Decode<Link>(message, LinkDecoder.TryDecode));
            names.Add(link.Index, link.Name);
        }

        return names;
    }
}
