using System.Collections.Immutable;
using System.Globalization;
using Flowtabled.Engine.Health;

namespace Flowtabled.Daemon;

/// <summary>How connections fare in hardware, as lines of the state file: words with blanks between them. No device has a blank in its name.</summary>
internal static class HealthLine
{
    private const string None = "-";

    public static string Format(HardwareFlows flows) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{flows.Device ?? None} {flows.Hardware} {flows.Half} {flows.Unused} {flows.Silent} {flows.Software}");

    public static string Format(Finding finding) => $"{(int)finding.Severity} {finding.Code} {finding.Place ?? None} {finding.Message}";

    /// <summary>Puts the lines together again; what is malformed is left out.</summary>
    /// <param name="flows">Those of the sum and the devices.</param>
    /// <param name="findings">Those of the findings.</param>
    /// <param name="isMeasured">Whether the chip counts.</param>
    public static HardwareReport Parse(List<string> flows, List<string> findings, bool isMeasured)
    {
        var sum = HardwareReport.Nothing.Sum;
        var devices = ImmutableArray.CreateBuilder<HardwareFlows>();
        foreach (var line in flows)
        {
            if (ParseFlows(line) is not { } counts)
                continue;
            if (counts.Device is null)
                sum = counts;
            else
                devices.Add(counts);
        }

        var found = ImmutableArray.CreateBuilder<Finding>();
        foreach (var line in findings)
        {
            if (ParseFinding(line) is { } finding)
                found.Add(finding);
        }

        return new HardwareReport(sum, devices.ToImmutable(), isMeasured, found.ToImmutable(), null);
    }

    private static HardwareFlows? ParseFlows(string line)
    {
        var words = line.Split(' ');
        if (words.Length != 6)
            return null;
        var numbers = new int[5];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new HardwareFlows(NameOf(words[0]), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private static Finding? ParseFinding(string line)
    {
        var words = line.Split(' ', 4);
        return words.Length == 4 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var severity) && severity <= 2
            ? new Finding((FindingSeverity)severity, words[1], words[3], NameOf(words[2]))
            : null;
    }

    private static string? NameOf(string word) => word == None ? null : word;
}
