using Flowtabled.Engine.Config;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;

namespace Flowtabled.Doctor.Checks;

/// <summary>Whether there is something to offload, and what the decisions and the plan have to say.</summary>
internal static class DevicesCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient)
    {
        var (config, decision) = (patient.Assessment.Config, patient.Assessment.Decision);
        yield return Judge(config.Firewall, config.Flowtabled, decision);
        foreach (var finding in decision.Findings.Concat(patient.Assessment.Plan.Findings))
            yield return Diagnosis.Of(finding.Severity, Describe(finding));
    }

    internal static Diagnosis Judge(FirewallConfig firewall, FlowtabledConfig config, Decision decision) =>
        (config, firewall.FlowOffloading, decision.Devices, Hooked(decision).ToList().Count) switch
        {
            ({ Enabled: false }, _, _, _) => Diagnosis.Info(Nothing("option enabled of flowtabled is off")),
            (_, false, _, _) => Diagnosis.Info(
                Nothing("option flow_offloading of the firewall is off"),
                "uci set firewall.@defaults[0].flow_offloading=1; uci commit firewall"),
            ({ Mode: OffloadMode.Observe }, _, _, _) => Diagnosis.Info("nothing is changed: option mode of flowtabled is observe"),
            (_, _, [{ Code: ReasonCode.FirewallStopped, Reason: var reason }, ..], _) =>
                Diagnosis.Warning(Nothing(reason), "service firewall start"),
            (_, _, _, 0) => Diagnosis.Warning(
                Nothing("each device of the firewall's zones is excluded, or not there"), "flowtabled status says why for each"),
            (_, _, _, var count) => Diagnosis.Ok($"{count} {(count == 1 ? "device is" : "devices are")} to be in the flowtable"),
        };

    /// <summary>The devices that are to be in the flowtable.</summary>
    internal static IEnumerable<string> Hooked(Decision decision) =>
        decision.Devices.Where(static device => device.Outcome == Outcome.In).Select(static device => device.Device!);

    // Joined here, not by the compiler: the program has each reason once.
    private static string Nothing(string why) => "nothing is offloaded: " + why;

    private static string Describe(Finding finding) => finding.Place is null ? finding.Message : $"{finding.Place}: {finding.Message}";
}
