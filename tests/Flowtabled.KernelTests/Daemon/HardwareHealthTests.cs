using Flowtabled.KernelTests.Lab;

namespace Flowtabled.KernelTests.Daemon;

/// <summary>The chip fails connections that it has taken.</summary>
public sealed class HardwareHealthTests(HealthLab lab) : HardwareFaultTests(lab), IClassFixture<HealthLab>
{
    private static readonly Dictionary<string, HardwareFault> s_faults = new()
    {
        ["answers no question for counters"] = new(static () => Both("stats_errno", EOPNOTSUPP), "hardware_uncounted : "),
        ["has frozen counters"] = new(static () => Both("stats_frozen", true), "hardware_uncounted : "),
        ["cannot count"] = new(static () => Both("stats_uncounted", true), "hardware_uncounted : "),
        ["swallows uploads"] = new(static () => SwitchChip.Lan.Set("blackhole", true), Distrusted) { LosesPackets = true },
        ["swallows downloads"] = new(static () => SwitchChip.Wan.Set("blackhole", true), Distrusted) { LosesPackets = true },
        ["swallows all"] = new(static () => Both("blackhole", true), Distrusted) { LosesPackets = true },
        ["passes all over"] = new(static () => Both("to_stack", true), "hardware_unused : "),
        ["passes uploads over"] = new(static () => SwitchChip.Lan.Set("to_stack", true), "hardware_half lan: "),
        ["forgets"] = new(static () => SwitchChip.Lan.Forget(), "hardware_unused : ") { Repeats = true },
        ["swallows uploads and has frozen counters"] = new(
            static () =>
            {
                SwitchChip.Lan.Set("blackhole", true);
                Both("stats_frozen", true);
            },
            Distrusted)
        { LosesPackets = true },
    };

    public static TheoryData<string> Faults => new(s_faults.Keys);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_chip_that(string fails) => AssertNoticed(s_faults[fails], isLate: true);
}
