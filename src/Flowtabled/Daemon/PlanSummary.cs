using Flowtabled.Engine.Export;
using Flowtabled.Engine.Planning;

namespace Flowtabled.Daemon;

/// <summary>A plan in one line, for the log.</summary>
internal static class PlanSummary
{
    public static string Of(Plan plan) => string.Join("; ", plan.Steps.Select(StepText.Of));
}
