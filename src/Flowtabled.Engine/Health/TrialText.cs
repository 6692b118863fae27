using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Flowtabled.Engine.Health;

/// <summary>
/// A trial as it is recorded: a line each for kernel, options, every port, boot, state and starts, in this order. The last one is there or the record
/// is not whole. One char a byte: names of devices are bytes.
/// </summary>
public static class TrialText
{
    /// <summary>The lines.</summary>
    public static string Of(HardwareTrial trial)
    {
        var text = new StringBuilder();
        Line("kernel", trial.Subject.Kernel);
        Line("options", trial.Subject.Options);
        foreach (var port in trial.Subject.Ports)
            Line("port", port);
        Line("boot", trial.Boot);
        Line("state", trial.State.ToString().ToLowerInvariant());
        Line("starts", trial.Starts.ToString(CultureInfo.InvariantCulture));
        return text.ToString();

        void Line(string name, string value) => text.Append(name).Append(' ').Append(value).Append('\n');
    }

    /// <summary>Reads the lines; null when they are not what <see cref="Of"/> writes.</summary>
    /// <param name="text">The record.</param>
    /// <param name="line">The first line, from 1, that is not as it must be.</param>
    public static HardwareTrial? Parse(string text, out int line)
    {
        var lines = new Lines(text);
        var trial = Parse(lines);
        line = lines.Read + 1;
        return trial;
    }

    private static HardwareTrial? Parse(Lines lines)
    {
        if (lines.Take("kernel") is not { } kernel || lines.Take("options") is not { } options)
            return null;
        var ports = ImmutableArray.CreateBuilder<string>();
        while (lines.Take("port") is { } port)
            ports.Add(port);
        if (ports.Count == 0 || lines.Take("boot") is not { } boot || State(lines.Peek("state")) is not { } state)
            return null;
        lines.Skip();
        if (Number(lines.Peek("starts")) is not { } starts)
            return null;
        lines.Skip();
        return lines.AtEnd ? new HardwareTrial(new TrialSubject(kernel, options, ports.ToImmutable()), boot, state, starts) : null;
    }

    private static TrialState? State(string? word) => word switch
    {
        "running" => TrialState.Running,
        "passed" => TrialState.Passed,
        "distrusted" => TrialState.Distrusted,
        _ => null,
    };

    // Not as the framework reads numbers: it takes zeros in front, and NULs behind.
    private static int? Number(string? word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && number.ToString(CultureInfo.InvariantCulture) == word
            ? number
            : null;

    private sealed class Lines(string text)
    {
        // The last is what follows the last line's end: half a line, or nothing.
        private readonly string[] _lines = text.Split('\n');

        public int Read { get; private set; }

        public bool AtEnd => Read == _lines.Length - 1 && _lines[Read].Length == 0;

        /// <summary>The value of the next line; null when it is no whole line of this name.</summary>
        public string? Peek(string name) =>
            Read < _lines.Length - 1 && _lines[Read].StartsWith(name + " ", StringComparison.Ordinal) ? _lines[Read][(name.Length + 1)..] : null;

        public string? Take(string name)
        {
            var value = Peek(name);
            if (value is not null)
                Skip();
            return value;
        }

        public void Skip() => Read++;
    }
}
