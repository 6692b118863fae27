using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;

namespace Flowtabled.Tests.Health;

/// <summary>When hardware goes on trial, when it has passed, and when it is not trusted any more.</summary>
public class HardwareTrialTests
{
    private static readonly TrialSubject Lan = Subject("lan mtk");
    private static readonly TrialSubject Both = Subject("lan mtk", "wan mtk");

    [Fact]
    public void Two_boots_that_did_not_end_in_order_are_the_end_of_trust()
    {
        var first = HardwareTrial.Begin(null, Both, "boot 1");
        var second = HardwareTrial.Begin(first, Both, "boot 2");
        var third = HardwareTrial.Begin(second, Both, "boot 3");

        Assert.Equal((TrialState.Running, 1, null), (first.State, first.Starts, first.Distrust));
        Assert.Equal((TrialState.Running, 2, null), (second.State, second.Starts, second.Distrust));
        Assert.Equal(TrialState.Distrusted, third.State);
        Assert.Equal("2 times in a row the system went down without an orderly end while hardware was on trial", third.Distrust);
        Assert.Same(third, HardwareTrial.Begin(third, Both, "boot 4"));
    }

    [Fact]
    public void Within_a_boot_it_begins_once()
    {
        var first = HardwareTrial.Begin(null, Both, "boot 1");
        Assert.Same(first, HardwareTrial.Begin(first, Both, "boot 1"));

        var second = HardwareTrial.Begin(first, Both, "boot 2");
        Assert.Same(second, HardwareTrial.Begin(second, Both, "boot 2"));
    }

    [Fact]
    public void Once_passed_nothing_is_to_be_written()
    {
        var passed = HardwareTrial.Begin(HardwareTrial.Begin(null, Both, "boot 1"), Both, "boot 2").Pass();

        Assert.Equal(TrialState.Passed, passed.State);
        Assert.Same(passed, HardwareTrial.Begin(passed, Both, "boot 3"));
        Assert.Same(passed, HardwareTrial.Begin(passed, Subject("wan mtk", "lan mtk"), "boot 4"));
        Assert.Same(passed, HardwareTrial.Begin(passed, Lan, "boot 5"));
    }

    [Fact]
    public void Ports_that_join_while_the_router_starts_are_one_trial()
    {
        var first = HardwareTrial.Begin(HardwareTrial.Begin(null, Lan, "boot 1"), Both, "boot 1");
        Assert.Equal(["lan mtk", "wan mtk"], first.Subject.Ports);
        Assert.Equal((TrialState.Running, 1), (first.State, first.Starts));

        // It went down, and once more before the second port was there.
        var second = HardwareTrial.Begin(first, Lan, "boot 2");
        Assert.Equal((TrialState.Running, 2), (second.State, second.Starts));
        Assert.Equal(TrialState.Distrusted, HardwareTrial.Begin(second, Lan, "boot 3").State);
    }

    [Fact]
    public void A_port_that_is_new_is_tried_with_the_others()
    {
        var passed = HardwareTrial.Begin(null, Lan, "boot 1").Pass();

        var trial = HardwareTrial.Begin(passed, Subject("wan mtk"), "boot 2");
        Assert.Equal((TrialState.Passed, 1), (HardwareTrial.Begin(passed, Lan, "boot 2").State, passed.Starts));
        Assert.Equal((TrialState.Running, 1, "boot 2"), (trial.State, trial.Starts, trial.Boot));

        var wider = HardwareTrial.Begin(passed, Both, "boot 2");
        Assert.Equal((TrialState.Running, 1, "boot 2"), (wider.State, wider.Starts, wider.Boot));
        Assert.Equal(["lan mtk", "wan mtk"], wider.Subject.Ports);
    }

    [Fact]
    public void A_port_that_joins_does_not_bring_trust_back() =>
        Assert.Equal(TrialState.Distrusted, HardwareTrial.Begin(Distrusted(Lan), Both, "boot 9").State);

    [Theory]
    [InlineData("6.12.72", "hw auto, hw_shaped deny", "lan mtk")]
    [InlineData("6.12.71", "hw require, hw_shaped deny", "lan mtk")]
    [InlineData("6.12.71", "hw auto, hw_shaped deny", "lan other")]
    public void Another_kernel_option_or_driver_is_tried_anew(string kernel, string options, string port)
    {
        var other = new TrialSubject(kernel, options, [port]);
        foreach (var recorded in (HardwareTrial[])[Distrusted(Lan), HardwareTrial.Begin(null, Lan, "boot 1").Pass(), HardwareTrial.Begin(null, Lan, "boot 1")])
        {
            var trial = HardwareTrial.Begin(recorded, other, "boot 9");
            Assert.Equal((other, TrialState.Running, 1, "boot 9"), (trial.Subject, trial.State, trial.Starts, trial.Boot));
        }
    }

    [Fact]
    public void Only_a_trial_that_runs_in_this_boot_is_ended_by_it()
    {
        var trial = HardwareTrial.Begin(null, Lan, "boot 1");

        Assert.True(trial.IsRunningIn("boot 1"));
        Assert.False(trial.IsRunningIn("boot 2"));
        Assert.False(trial.Pass().IsRunningIn("boot 1"));
        Assert.False(Distrusted(Lan).IsRunningIn("boot 2"));
    }

    [Fact]
    public void What_is_on_trial_depends_on_the_options_for_hardware()
    {
        var config = FlowtabledConfig.Default with
        {
            Hw = HardwareUse.Require,
            HwShaped = ShapedUse.Allow,
            Devices =
            [
                new DeviceRule("lan4", Exclude: true, DeviceLevel.Auto),
                new DeviceRule("wan", Exclude: false, DeviceLevel.Auto, DeviceHardware.Off),
            ],
        };

        Assert.Equal("hw require, hw_shaped allow, not wan", TrialSubject.Of("6.12", config, ["lan mtk"]).Options);
        Assert.Equal("hw auto, hw_shaped deny", TrialSubject.Of("6.12", FlowtabledConfig.Default, ["lan mtk"]).Options);
    }

    private static HardwareTrial Distrusted(TrialSubject subject) => new(subject, "boot 2", TrialState.Distrusted, 2);

    private static TrialSubject Subject(params string[] ports) => new("6.12.71", "hw auto, hw_shaped deny", [.. ports]);
}
