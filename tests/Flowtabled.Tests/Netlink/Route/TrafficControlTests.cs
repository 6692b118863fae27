using System.Runtime.InteropServices;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>Qdiscs and filters as the kernel sent them to tc.</summary>
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
    public void Each_redirect_of_what_comes_in_is_found()
    {
        var targets = Recording.Messages("rt/filters.hex").SelectMany(DecodeRedirects);

        Assert.Equal(["ifb4wan", "wan.7", "inner"], targets.Select(t => s_names[t]));
    }

    [Theory]
    [InlineData("u32", PktCls.TCA_U32_ACT)]
    [InlineData("matchall", PktCls.TCA_MATCHALL_ACT)]
    [InlineData("flower", PktCls.TCA_FLOWER_ACT)]
    [InlineData("basic", PktCls.TCA_BASIC_ACT)]
    [InlineData("fw", PktCls.TCA_FW_ACT)]
    [InlineData("bpf", PktCls.TCA_BPF_ACT)]
    public void Each_kind_of_filter_has_its_own_place_for_actions(string kind, ushort place)
    {
        Assert.Equal([7], DecodeRedirects(Filter(kind, place, "mirred", PktCls.TCA_EGRESS_REDIR)));
        Assert.Empty(DecodeRedirects(Filter(kind, (ushort)(place + 20), "mirred", PktCls.TCA_EGRESS_REDIR)));
        Assert.Empty(DecodeRedirects(Filter(kind, place, "gact", PktCls.TCA_EGRESS_REDIR)));
        Assert.Empty(DecodeRedirects(Filter(kind, place, "mirred", PktCls.TCA_EGRESS_MIRROR)));
        Assert.Empty(DecodeRedirects(Filter("route", place, "mirred", PktCls.TCA_EGRESS_REDIR)));
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

    [Fact]
    public void A_mutated_filter_is_read_or_refused() =>
        StructuredMutation.Check(Recording.Messages("rt/filters.hex"), TrafficControlMessage.Size, d => DecodeRedirects(d));

    [Fact]
    public void A_cut_filter_is_read_or_refused() =>
        StructuredMutation.Cut(Recording.Messages("rt/filters.hex"), TrafficControlMessage.Size, d => DecodeRedirects(d));

    private static string Place(Qdisc qdisc)
    {
        if (qdisc.IsIngress)
            return "ingress";
        if (qdisc.IsRoot)
            return "root";
        return $"{qdisc.Handle >> 16:x}: of {qdisc.Parent >> 16:x}:{qdisc.Parent & 0xffff:x}";
    }

    private static List<Qdisc> DecodeQdiscs(byte[] datagram) => Decode<Qdisc>(datagram, Qdisc.TryDecode);

    private static List<int> DecodeRedirects(byte[] datagram) => Decode<int>(datagram, IngressRedirect.TryDecode);

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

    /// <summary>A filter with one action, on device 7.</summary>
    private static byte[] Filter(string kind, ushort place, string action, int how)
    {
        var buffer = new MessageBuffer();
        var writer = new MessageWriter(buffer);
        var message = writer.Begin(RtNetlink.RTM_NEWTFILTER, 0, 0, default(TrafficControlMessage));
        writer.WriteString(RtNetlink.TCA_KIND, kind);
        var options = writer.BeginNest(RtNetlink.TCA_OPTIONS);
        var actions = writer.BeginNest(place);
        var first = writer.BeginNest(1);
        writer.WriteString(PktCls.TCA_ACT_KIND, action);
        var parameters = writer.BeginNest(PktCls.TCA_ACT_OPTIONS);
        var mirred = new IngressRedirect.Mirred { Action = how, Index = 7 };
        writer.WriteBytes(PktCls.TCA_MIRRED_PARMS, MemoryMarshal.AsBytes(new ReadOnlySpan<IngressRedirect.Mirred>(in mirred)));
        writer.EndNest(parameters);
        writer.EndNest(first);
        writer.EndNest(actions);
        writer.EndNest(options);
        writer.End(message);
        return buffer.Written.ToArray();
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
