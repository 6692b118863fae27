using System.Globalization;
using System.Text;
using Flowtabled.Engine.Health;
using Flowtabled.Engine.Planning;
using Flowtabled.Engine.Policy;
using Flowtabled.Engine.Topology;

namespace Flowtabled.Engine.Export;

/// <summary>A plan for people: each device with its decision and reason, then the steps, then what to know.</summary>
public static class PlanText
{
    /// <summary>Writes it; lines end in <c>\n</c>.</summary>
    public static string Of(Decision decision, Plan plan)
    {
        var text = new StringBuilder();
        text.Append(Heading(decision.State)).Append('\n');
        AppendDevices(text, decision);
        AppendExclusions(text, decision);
        AppendHardware(text, decision);
        AppendSteps(text, plan);
        AppendFindings(text, [.. decision.Findings, .. plan.Findings]);
        return text.ToString();
    }

    private static string Heading(DesiredState state) => state.Intent switch
    {
        TableIntent.Present => $"Software offload in table inet {state.Table!.Name}",
        TableIntent.Absent => "No offload",
        _ => "Observe mode: nothing is changed; manage mode would do this",
    };

    private static void AppendDevices(StringBuilder text, Decision decision)
    {
        if (decision.Devices.IsEmpty)
            return;

        int name = 0, outcome = 0, networks = 0;
        foreach (var device in decision.Devices)
        {
            name = Math.Max(name, Name(device).Length);
            outcome = Math.Max(outcome, Word(device).Length);
            networks = Math.Max(networks, Networks(device).Length);
        }

        text.Append('\n');
        foreach (var device in decision.Devices)
        {
            text.Append("  ").Append(Name(device).PadRight(name)).Append("  ").Append(Word(device).PadRight(outcome))
                .Append("  ").Append(Networks(device).PadRight(networks)).Append("  ").Append(device.Reason).Append('\n');
        }
    }

    private static void AppendExclusions(StringBuilder text, Decision decision)
    {
        if (decision.Exclusions.IsEmpty)
            return;

        text.Append("\nOn the slow path\n\n");
        var name = decision.Exclusions.Max(static exclusion => exclusion.Name.Length);
        foreach (var exclusion in decision.Exclusions)
        {
            string[] what =
            [
                .. exclusion.Hosts.IsEmpty ? (ReadOnlySpan<string>)[] : [$"hosts {string.Join(", ", exclusion.HostTexts)}"],
                .. exclusion.Ports.IsEmpty ? (ReadOnlySpan<string>)[] : [$"ports {string.Join(", ", exclusion.PortTexts)}"],
            ];
            text.Append("  ").Append(exclusion.Name.PadRight(name)).Append("  ").Append(string.Join("; ", what)).Append('\n');
        }
    }

    private static void AppendHardware(StringBuilder text, Decision decision)
    {
        var decided = decision.Devices.Where(static device => device.Hardware is not null);
        if (decided.Count == 0)
            return;

        text.Append('\n').Append(decision.State.Hardware is { } table ? $"Hardware offload in table inet {table.Name}" : "No hardware offload").Append("\n\n");
        var name = decided.Max(static device => Name(device).Length);
        foreach (var device in decided)
        {
            text.Append("  ").Append(Name(device).PadRight(name)).Append(device.Hardware!.IsIn ? "  in   " : "  out  ")
                .Append(device.Hardware.Reason).Append('\n');
        }
    }

    private static void AppendSteps(StringBuilder text, Plan plan)
    {
        text.Append('\n').Append(plan.IsEmpty ? "Nothing to change\n" : "Steps, in one batch\n\n");
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            // One reason for several steps in a row is said once.
            var reason = plan.Steps[i].Reason;
            var why = i > 0 && plan.Steps[i - 1].Reason == reason ? "" : $" ({reason})";
            text.Append(CultureInfo.InvariantCulture, $"  {i + 1,2}  {StepText.Of(plan.Steps[i])}{why}\n");
        }

        if (plan.EmptiesHardware)
            text.Append("\nThen the flows that are in hardware are moved out, and the rest follows\n");
    }

    private static void AppendFindings(StringBuilder text, Finding[] findings)
    {
        if (findings.Length > 0)
            text.Append("\nFindings\n\n");
        foreach (var finding in findings)
        {
            var place = finding.Place is null ? "" : $"{finding.Place}: ";
            text.Append("  ").Append(Lower(finding.Severity)).Append(": ").Append(place).Append(finding.Message).Append('\n');
        }
    }

    private static string Name(DeviceDecision decision) => decision.Device is { } device ? DeviceName.Display(device) : "-";

    private static string Word(DeviceDecision decision) => decision.Outcome == Outcome.Moved
        ? $"moved to {string.Join(", ", decision.HookedAt.Select(DeviceName.Display))}"
        : Lower(decision.Outcome);

    private static string Networks(DeviceDecision decision)
    {
        var names = decision.Networks.IsEmpty ? "-" : string.Join(", ", decision.Networks.Select(DeviceName.Display));
        return decision is { IsGuessed: true, Networks.IsEmpty: false } ? $"{names} (guessed)" : names;
    }

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
