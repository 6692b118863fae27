using System.Globalization;
using System.Text.Json;
using Flowtabled.Netlink.Route;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>Qdiscs and redirects as we read them against those that tc prints.</summary>
public sealed class QdiscTests : IDisposable
{
    private const string Devices = """
        for i in 0 1 2 3; do ip link add eth$i type dummy; ip link set eth$i up; done
        ip link add ifb4eth0 type ifb
        ip link set ifb4eth0 up

        """;

    private readonly NetworkNamespace _namespace = new();
    private readonly RouteClient _client;

    public QdiscTests() => _client = _namespace.Inside(() => RouteClient.Open());

    public void Dispose()
    {
        _client.Dispose();
        _namespace.Dispose();
    }

    [Fact]
    public void Qdiscs_are_what_tc_prints()
    {
        _namespace.Run(Devices + """
            tc qdisc add dev eth0 root handle 1: htb default 1
            tc class add dev eth0 parent 1: classid 1:1 htb rate 10mbit
            tc qdisc add dev eth0 parent 1:1 handle 10: fq_codel
            tc qdisc add dev eth1 root cake bandwidth 10mbit
            tc qdisc add dev eth2 handle ffff: ingress
            tc qdisc add dev eth3 clsact
            """);
        using var json = JsonDocument.Parse(_namespace.Run("tc -json qdisc show"));
        var names = _client.DumpLinks().ToDictionary(l => l.Index, l => l.Name);

        var actual = _client.DumpQdiscs().Select(q => $"{q.Kind} {names[q.Device]} {q.Handle >> 16:x}: {Place(q.Parent)}");

        var expected = json.RootElement.EnumerateArray().Select(q =>
            $"{q.GetProperty("kind")} {q.GetProperty("dev")} {q.GetProperty("handle")} " +
            (q.TryGetProperty("root", out var _) ? "root" : q.GetProperty("parent").GetString()));
        Assert.Equal(expected, actual);
        Assert.Equal(["ingress", "clsact"], _client.DumpQdiscs().Where(q => q.IsIngress).Select(q => q.Kind));
    }

    [Theory]
    [InlineData("matchall", "tc qdisc add dev eth0 ingress; tc filter add dev eth0 parent ffff: matchall action mirred egress redirect dev ifb4eth0")]
    [InlineData("u32 as in sqm-scripts", """
        tc qdisc add dev eth0 handle ffff: ingress
        tc filter add dev eth0 parent ffff: protocol all prio 10 u32 match u32 0 0 flowid 1:1 action mirred egress redirect dev ifb4eth0
        """)]
    [InlineData("flower", "tc qdisc add dev eth0 clsact; tc filter add dev eth0 ingress flower action mirred egress redirect dev ifb4eth0")]
    [InlineData("fw", "tc qdisc add dev eth0 clsact; tc filter add dev eth0 ingress handle 1 fw action mirred egress redirect dev ifb4eth0")]
    [InlineData("second action", """
        tc qdisc add dev eth0 clsact
        tc filter add dev eth0 ingress matchall action ctinfo dscp 0x3f 0x40 pipe action mirred egress redirect dev ifb4eth0
        """)]
    [InlineData("shared block", """
        tc qdisc add dev eth0 ingress_block 5 clsact
        tc qdisc add dev eth1 ingress_block 5 clsact
        tc filter add block 5 matchall action mirred egress redirect dev ifb4eth0
        """)]
    public void A_redirect_is_found(string _, string setup)
    {
        _namespace.Run(Devices + setup);
        var links = _client.DumpLinks().ToDictionary(l => l.Name, l => l.Index);

        Assert.Equal([links["ifb4eth0"]], _client.DumpIngressRedirects(links["eth0"]));
    }

    [Theory]
    [InlineData("no qdisc", "true")]
    [InlineData("no filter", "tc qdisc add dev eth0 clsact")]
    [InlineData("a mirror", "tc qdisc add dev eth0 clsact; tc filter add dev eth0 ingress matchall action mirred egress mirror dev ifb4eth0")]
    [InlineData("another action", "tc qdisc add dev eth0 clsact; tc filter add dev eth0 ingress matchall action drop")]
    [InlineData("of what leaves", "tc qdisc add dev eth0 clsact; tc filter add dev eth0 egress matchall action mirred egress redirect dev ifb4eth0")]
    public void What_is_no_redirect_is_none(string _, string setup)
    {
        _namespace.Run(Devices + setup);
        var eth0 = _client.DumpLinks().Single(l => l.Name == "eth0");

        Assert.Empty(_client.DumpIngressRedirects(eth0.Index));
    }

    [Fact]
    public void A_device_that_is_gone_has_no_redirects() => Assert.Empty(_client.DumpIngressRedirects(4711));

    private static string Place(uint parent) => parent switch
    {
        0xffffffff => "root",
        0xfffffff1 => "ffff:fff1",
        _ => string.Create(CultureInfo.InvariantCulture, $"{parent >> 16:x}:{parent & 0xffff:x}"),
    };
}
