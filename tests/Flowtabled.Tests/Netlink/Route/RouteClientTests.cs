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
    public void Filters_are_asked_for_at_the_devices_ingress()
    {
        _kernel.Answer(Answers.Done());

        _client.DumpIngressRedirects(9);

        Assert.Equal(
            "240000002e000103" + "01000000" + "00000000" + "00000000" + "09000000" + "00000000" + "f2ffffff" + "00000000",
            Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
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
    public void A_kernel_without_traffic_control_has_no_qdiscs_and_no_filters()
    {
        _kernel.Answer(Answers.Error(Errno.EOPNOTSUPP));
        _kernel.Answer(Answers.Error(Errno.EOPNOTSUPP));

        Assert.Empty(_client.DumpQdiscs());
        Assert.Empty(_client.DumpIngressRedirects(1));
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
}
