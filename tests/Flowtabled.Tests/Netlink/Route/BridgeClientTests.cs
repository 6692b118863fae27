using Flowtabled.Netlink;
using Flowtabled.Netlink.Route;

namespace Flowtabled.Tests.Netlink.Route;

/// <summary>What is asked of rtnetlink, as <c>ip link</c> 6.1 does it, but by name, with the string's end, and with nests marked as such.</summary>
public sealed class BridgeClientTests : IDisposable
{
    private const string Name = "0f000300666c6f777461626c65640000";

    private readonly ScriptedChannel _kernel = new();
    private readonly BridgeClient _client;

    public BridgeClientTests() => _client = new BridgeClient(new NetlinkConnection(_kernel));

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_bridge_is_made_and_taken_up_in_one_message()
    {
        _kernel.Answer(Answers.Error(0));

        _client.Add("flowtabled");

        Assert.Equal(
            "4400000010000504" + "01000000" + "00000000" + "0000000000000000" + "0100000001000000" + Name + "14001280" + "0b0001006272696467650000" + "04000280",
            Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Fact]
    public void A_link_is_taken_down()
    {
        _kernel.Answer(Answers.Error(0));

        _client.TakeDown("flowtabled");

        Assert.Equal(
            "3000000010000500" + "01000000" + "00000000" + "0000000000000000" + "0000000001000000" + Name,
            Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Fact]
    public void A_link_is_removed()
    {
        _kernel.Answer(Answers.Error(0));

        _client.Remove("flowtabled");

        Assert.Equal(
            "3000000011000500" + "01000000" + "00000000" + "00000000000000000000000000000000" + Name,
            Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Fact]
    public void A_kernel_without_bridges_says_so()
    {
        _kernel.Answer(Answers.Error(Errno.EOPNOTSUPP));

        var refusal = Assert.Throws<NetlinkException>(() => _client.Add("flowtabled"));

        Assert.Equal((Errno.EOPNOTSUPP, "add bridge flowtabled: EOPNOTSUPP (Operation not supported)"), (refusal.Errno, refusal.Message));
    }
}
