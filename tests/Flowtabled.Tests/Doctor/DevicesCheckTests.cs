using Flowtabled.Doctor;
using Flowtabled.Doctor.Checks;
using Flowtabled.Engine.Config;
using Flowtabled.Tests.Policy;
using Flowtabled.Tests.Topology;

namespace Flowtabled.Tests.Doctor;

/// <summary>Why nothing is offloaded, where nothing is.</summary>
public sealed class DevicesCheckTests
{
    private readonly Router _router = new Router(new Net().Port("lan1").Port("wan")).Network("lan", "lan1").Network("wan", "wan");

    [Fact]
    public void What_is_to_be_in_the_flowtable_is_counted() => Assert.Equal(Diagnosis.Ok("2 devices are to be in the flowtable"), Judge());

    [Fact]
    public void Observe_mode_changes_nothing()
    {
        _router.Config = _router.Config with { Mode = OffloadMode.Observe };
        Assert.Equal(Diagnosis.Info("nothing is changed: option mode of flowtabled is observe"), Judge());
    }

    [Fact]
    public void A_firewall_that_is_stopped_is_the_reason()
    {
        _router.IsFirewallStopped = true;
        Assert.Equal(
            Diagnosis.Warning("nothing is offloaded: the firewall is stopped, and nothing is offloaded that it has not accepted", "service firewall start"),
            Judge());
    }

    [Fact]
    public void Devices_may_all_be_excluded()
    {
        _router.Exclude("lan1").Exclude("wan");
        Assert.Equal(
            Diagnosis.Warning(
                "nothing is offloaded: each device of the firewall's zones is excluded, or not there", "flowtabled status says why for each"),
            Judge());
    }

    private Diagnosis Judge() => DevicesCheck.Judge(_router.Firewall, _router.Config, _router.Decide());
}
