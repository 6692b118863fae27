using System.Globalization;
using System.Text.Json;
using Flowtabled.Netlink.Route;

namespace Flowtabled.KernelTests.Netlink;

/// <summary>Qdiscs as we read them against those that tc prints.</summary>
public sealed class QdiscTests : IDisposable
{
    private const string Devices = """
        for i in 0 1 2 3; do ip link add eth$i type dummy; ip link set eth$i up; done

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

    private static string Place(uint parent) => parent switch
    {
        0xffffffff => "root",
        0xfffffff1 => "ffff:fff1",
        _ => string.Create(CultureInfo.InvariantCulture, $"{parent >> 16:x}:{parent & 0xffff:x}"),
    };
}
