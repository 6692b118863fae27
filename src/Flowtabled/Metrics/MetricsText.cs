using System.Globalization;
using System.Text;

namespace Flowtabled.Metrics;

/// <summary>
/// The text of metrics in one of two forms: OpenMetrics 1.0, and the older one of Prometheus (its text format 0.0.4), which collectors of files
/// read. No text is both without loss: the type of a counter stands at its name without <c>_total</c> in the first and with it in the second.
/// </summary>
/// <param name="isOpenMetrics">Whether it is OpenMetrics.</param>
internal sealed class MetricsText(bool isOpenMetrics)
{
    private readonly StringBuilder _text = new();
    private Metric? _metric;

    /// <summary>Adds a value; those of a metric come one after the other.</summary>
    /// <param name="metric">Whose it is. Before its first value come its name and help: one without a value is not there at all.</param>
    /// <param name="value">The value.</param>
    /// <param name="labels">A text for each of its labels.</param>
    public void Add(Metric metric, ulong value, params ReadOnlySpan<string> labels)
    {
        if (_metric != metric)
            Begin(metric);
        _text.Append(metric.SampleName);
        for (var i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(metric.Labels[i]).Append("=\"");
            AppendEscaped(labels[i]);
            _text.Append('"');
        }

        _text.Append(labels.IsEmpty ? " " : "} ").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>The same for a count, which is not negative.</summary>
    public void Add(Metric metric, long value, params ReadOnlySpan<string> labels) => Add(metric, (ulong)value, labels);

    /// <summary>The same for what is or is not: 1 or 0.</summary>
    public void Add(Metric metric, bool value, params ReadOnlySpan<string> labels) => Add(metric, value ? 1UL : 0, labels);

    /// <summary>The text, to be encoded as UTF-8.</summary>
    public string End()
    {
        if (isOpenMetrics)
            _text.Append("# EOF\n");
        return _text.ToString();
    }

    private void Begin(Metric metric)
    {
        _metric = metric;
        var name = isOpenMetrics ? metric.Name : metric.SampleName;
        _text.Append("# HELP ").Append(name).Append(' ').Append(metric.Help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(metric.IsCounter ? " counter\n" : " gauge\n");
        if (isOpenMetrics && metric.Unit is { } unit)
            _text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
    }

    private void AppendEscaped(string label)
    {
        foreach (var c in label)
        {
            if (c == '\n')
                _text.Append("\\n");
            else if (c is '"' or '\\')
                _text.Append('\\').Append(c);
            else
                _text.Append(c);
        }
    }
}
