using Flowtabled.Engine.Planning;
using Flowtabled.Kernel;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Netlink.Nftables;
using Flowtabled.Tests.Netlink.Nftables;

namespace Flowtabled.Tests.Kernel;

/// <summary>Sets and rules that keep connections out: as nft writes them (tests/fixtures/nft/keptout.nft), and read again as what they are.</summary>
public sealed class KeptOutEncodingTests
{
    private static readonly NftTableName Table = new(NftFamily.Inet, "t");

    private static readonly SetSpec[] Planned =
    [
        new("hosts4", SetType.Address4, ["10.0.0.0/8", "192.0.2.1"]),
        new("hosts6", SetType.Address6, ["::/0"]),
        new("ports", SetType.Port, ["443", "5000-6000"]),
    ];

    private static readonly (SetSpec Set, ConntrackTuple Held, int Seconds)[] Timed =
    [
        (new("held4", SetType.Connection4, []), Tuple("192.168.1.2", "198.51.100.1", 6, 40000, 443), 60),
        (new("held6", SetType.Connection6, []), Tuple("fd00:1::2", "2001:db8::1", 17, 40000, 53), 3600),
    ];

    private static readonly RuleSpec[] Rules =
    [
        Leave(ConnectionPart.Client4, "hosts4"),
        Leave(ConnectionPart.Server4, "hosts4"),
        Leave(ConnectionPart.Client6, "hosts6"),
        Leave(ConnectionPart.Server6, "hosts6"),
        LeavePorts(ConnectionPart.ClientPort, "ports", ""),
        LeavePorts(ConnectionPart.ServerPort, "ports", ""),
        LeavePorts(ConnectionPart.Whole4, "held4", "held"),
        LeavePorts(ConnectionPart.Whole6, "held6", "held"),
    ];

    [Fact]
    public void Is_written_as_nft_does()
    {
        var batch = new NftBatch();
        batch.Add(new NftTable(Table));
        batch.Add(new NftChain(Table, "forward") { Hook = new NftHook("filter", NftHookNumber.Forward, 10) });
        foreach (var set in Planned)
        {
            batch.Add(SetMapper.ToKernel("t", set.Name, set.Type));
            batch.AddElements(SetMapper.ToKernel("t", set.Name, set.Type), SetMapper.ToKernel(set.Type, set.Elements));
        }

        foreach (var (set, held, seconds) in Timed)
        {
            batch.Add(SetMapper.ToKernel("t", set.Name, set.Type));
            batch.AddElements(SetMapper.ToKernel("t", set.Name, set.Type), [HeldConnections.Element(in held, seconds)]);
        }

        foreach (var rule in Rules)
            batch.Append(RuleMapper.ToKernel(Table, "forward", rule));

        BatchAssert.EqualsRecording("nft/keptout.sent.hex", batch);
    }

    [Fact]
    public void Is_read_as_what_it_is_without_what_expires()
    {
        using var client = new NftClient(new RecordedKernel("nft/keptout.list.hex").Channel());
        var found = TableReader.Read(client.TryReadTable(Table), port: 1)!;

        Assert.Equal(Rules, Assert.Single(found.Chains).Rules.Select(static rule => rule.Spec!));
        Assert.Equal(
            Planned.Concat(Timed.Select(static timed => timed.Set)).Select(Words),
            found.Sets.Select(static set => Words(set.Spec!)));
    }

    [Fact]
    public void A_range_that_no_prefix_says_can_be_taken_out_again()
    {
        NftSetElement element = new([10, 0, 0, 1]) { Last = [10, 0, 0, 9] };
        var spec = SetMapper.FromKernel(new NftSetContent(SetMapper.ToKernel("t", "hosts4", SetType.Address4), [element]))!;

        Assert.Equal(["10.0.0.1-10.0.0.9"], spec.Elements);
        Assert.Equal([element], SetMapper.ToKernel(SetType.Address4, spec.Elements));
    }

    private static string Words(SetSpec set) => $"{set.Name} {set.Type} {string.Join(' ', set.Elements)}";

    private static ConntrackTuple Tuple(string source, string destination, byte protocol, ushort from, ushort to) =>
        new(InetAddress.TryParse(source)!.Value, InetAddress.TryParse(destination)!.Value, protocol, from, to, 0);

    private static RuleSpec Leave(ConnectionPart part, string set) => new([new ConnectionInSet(part, set), new ReturnVerdict()], "");

    private static RuleSpec LeavePorts(ConnectionPart part, string set, string comment) => new(
        [new L4ProtocolIn(L4Protocols.Tcp | L4Protocols.Udp), new ConnectionInSet(part, set), new ReturnVerdict()], comment);
}
