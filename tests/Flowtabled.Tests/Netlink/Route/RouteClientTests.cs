using System.Net;
using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;
using Flowtabled.Netlink.Uapi;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>What is asked, and what becomes of the answers.</summary>
public sealed class RouteClientTests : IDisposable
{
    private readonly ScriptedChannel _kernel = new();
    private readonly RouteClient _client;

    public RouteClientTests() => _client = new RouteClient(new NetlinkConnection(_kernel));

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Links_are_asked_for_without_statistics()
    {
        _kernel.Answer(Answers.Done());

        _client.DumpLinks();

        // As ip -6.1 does, less the virtual functions (RTEXT_FILTER_VF).
        Assert.Equal(
            "2800000012000103" + "01000000" + "00000000" + "00000000000000000000000000000000" + "08001d0008000000",
            Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Fact]
    public void Qdiscs_are_asked_for()
    {
        _kernel.Answer(Answers.Done());

        _client.DumpQdiscs();

        Assert.Equal("2400000026000103" + "01000000" + new string('0', 48), Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Fact]
    public void Stations_are_asked_for_of_bridges_and_of_both_families()
    {
        var messages = Recording.Messages("rt/stations.hex");
        _kernel.Answer([.. messages.Where(message => message[NetlinkHeader.Size] == AddressFamily.AF_BRIDGE), Answers.Done()]);
        _kernel.Answer([.. messages.Where(message => message[NetlinkHeader.Size] == AddressFamily.AF_INET), Answers.Done()]);
        _kernel.Answer([.. messages.Where(message => message[NetlinkHeader.Size] == AddressFamily.AF_INET6), Answers.Done()]);
        var stations = new StationCount();

        _client.DumpStations(stations);

        Assert.Equal(6, stations.Count);
        Assert.Equal(
            ["1c0000001e000103" + "01000000" + "00000000" + "070000000000000000000000",
             "1c0000001e000103" + "02000000" + "00000000" + "020000000000000000000000",
             "1c0000001e000103" + "03000000" + "00000000" + "0a0000000000000000000000"],
            _kernel.Sent.Select(Convert.ToHexStringLower));
    }

    [Theory]
    [InlineData("203.0.114.1", "192.168.1.50", 0, "240000001a000500" + "01000000" + "00000000" + "022000000000000000000000" + "08000100cb007201")]
    [InlineData("203.0.114.1", "192.168.1.50", 0x100, "2c0000001a000500" + "01000000" + "00000000" + "022000000000000000000000" + "08000100cb007201" + "0800100000010000")]
    [InlineData("2001:db8::9", "2001:db8:1::50", 0x100, "4c0000001a000500" + "01000000" + "00000000" + "0a8080000000000000000000" + "1400010020010db8000000000000000000000009" + "1400020020010db8000100000000000000000050" + "0800100000010000")]
    public void A_route_is_asked_for(string destination, string source, uint mark, string request)
    {
        _kernel.Answer(Recording.Messages("rt/routes.hex")[0], Answers.Error(0));

        Assert.Equal(7, _client.FindDevice(Address(destination), Address(source), mark));

        // As ip -6.1 does, less the table that it prints (RTM_F_LOOKUP_TABLE).
        Assert.Equal(request, Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Theory]
    [InlineData(Errno.ENETUNREACH)]
    [InlineData(Errno.EHOSTUNREACH)]
    [InlineData(Errno.EACCES)]
    [InlineData(Errno.EINVAL)]
    [InlineData(Errno.EAGAIN)]
    public void No_route_leads_to_no_device(int errno)
    {
        _kernel.Answer(Answers.Error(errno));

        Assert.Null(_client.FindDevice(Address("203.0.113.1"), Address("192.168.1.50"), 0));
    }

    [Fact]
    public void A_route_that_is_refused_for_another_reason_is_an_error()
    {
        _kernel.Answer(Answers.Error(Errno.ENOBUFS));

        Assert.StartsWith("find a route: ENOBUFS", Assert.Throws<NetlinkException>(() => _client.FindDevice(Address("203.0.113.1"), Address("192.168.1.50"), 0)).Message);
    }

    [Fact]
    public void A_dump_comes_in_several_datagrams()
    {
        _kernel.Answer([.. Recording.Datagrams("rt/links.hex"), Answers.Done()]);

        Assert.Equal(17, _client.DumpLinks().Count);
    }

    [Fact]
    public void A_dump_that_a_change_interrupts_is_begun_again()
    {
        var links = Recording.Messages("rt/links.hex");
        _kernel.Answer(links[0], links[1], Answers.Done(flags: NetlinkUapi.NLM_F_DUMP_INTR));
        _kernel.Answer(links[0], Answers.Done());

        Assert.Single(_client.DumpLinks());
        Assert.Equal(2, _kernel.Sent.Count);
    }

    [Fact]
    public void A_kernel_without_traffic_control_has_no_qdiscs()
    {
        _kernel.Answer(Answers.Error(Errno.EOPNOTSUPP));

        Assert.Empty(_client.DumpQdiscs());
    }

    [Fact]
    public void A_refusal_says_what_was_asked()
    {
        _kernel.Answer(Answers.Error(Errno.EPERM));
        _kernel.Answer(Answers.Done(-Errno.ENOMEM));

        Assert.StartsWith("list links: EPERM", Assert.Throws<NetlinkException>(_client.DumpLinks).Message);
        Assert.StartsWith("list qdiscs: ENOMEM", Assert.Throws<NetlinkException>(_client.DumpQdiscs).Message);
    }

    [Fact]
    public void A_kernel_that_says_nothing_is_not_waited_for_for_ever() =>
        Assert.StartsWith("list links: ETIMEDOUT", Assert.Throws<NetlinkException>(_client.DumpLinks).Message);

    private static InetAddress Address(string text) => InetAddress.FromBytes(IPAddress.Parse(text).GetAddressBytes());

    private sealed class StationCount : IAddressListener
    {
        public int Count { get; private set; }

        public void Handle(in StationEvent station) => Count++;

        public void Handle(AddressLoss loss) => throw new InvalidOperationException("a dump tells of no loss");

        public void Lost() => throw new InvalidOperationException("nothing was lost");
    }
}
