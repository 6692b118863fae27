namespace Flowtabled.Metrics;

/// <summary>A metric, which <see cref="MetricTable"/> has and the README lists.</summary>
/// <param name="name">Its name without a counter's <c>_total</c>: the name of its family in OpenMetrics.</param>
/// <param name="help">What it is: one line for people, without quotes and backslashes, which the two forms of text would write differently.</param>
/// <param name="labels">The names of its labels.</param>
internal sealed class Metric(string name, string help, params string[] labels)
{
    public string Name => name;

    public string Help => help;

    public string[] Labels => labels;

    /// <summary>Whether it only grows, until whoever counts begins anew; else it is a gauge.</summary>
    public bool IsCounter { get; init; }

    /// <summary>Its unit, which its name ends with; null for a plain number.</summary>
    public string? Unit { get; init; }

    /// <summary>The name of its values: what queries ask for.</summary>
    public string SampleName => IsCounter ? name + "_total" : name;
}
