using Flowtabled.Engine.Health;
using Flowtabled.Engine.Policy;
using Flowtabled.Kernel;

namespace Flowtabled.Doctor.Checks;

/// <summary>Whether there is something to offload, and what the decisions and the plan have to say.</summary>
internal static class DevicesCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) => Judge(patient.Assessment);

    internal static IEnumerable<Diagnosis> Judge(Assessment assessment)
    {
        var (config, decision) = (assessment.Config, assessment.Decision);
        yield return (config.Flowtabled.Enabled, config.Firewall.FlowOffloading, Hooked(decision).ToList().Count) switch
        {
            (false, _, _) => Diagnosis.Info("nothing is offloaded: option enabled of flowtabled is off"),
            (_, false, _) => Diagnosis.Info(
                "nothing is offloaded: option flow_offloading of the firewall is off",
                "uci set firewall.@defaults[0].flow_offloading=1; uci commit firewall"),
            (_, _, 0) => Diagnosis.Warning(
                "nothing is offloaded: no zone of the firewall has a device that is there", "flowtabled status says why for each"),
            (_, _, var count) => Diagnosis.Ok($"{count} {(count == 1 ? "device is" : "devices are")} to be in the flowtable"),
        };

        foreach (var finding in decision.Findings.Concat(assessment.Plan.Findings))
            yield return Diagnosis.Of(finding.Severity, Describe(finding));
    }

    /// <summary>The devices that are to be in the flowtable.</summary>
    internal static IEnumerable<string> Hooked(Decision decision) =>
        decision.Devices.Where(static device => device.Outcome == Outcome.In).Select(static device => device.Device!);

    private static string Describe(Finding finding) => finding.Place is null ? finding.Message : $"{finding.Place}: {finding.Message}";
}
