using System.Collections.Immutable;
using System.Text;
using Flowtabled.Engine.Config;

namespace Flowtabled.Tests.Config;

/// <summary>Configuration written in a test.</summary>
internal static class ConfigText
{
    public static UciPackage Parse(string package, string text) => UciParser.Parse(package, Encoding.Latin1.GetBytes(text));

    /// <summary>The findings as lines: <c>Error firewall.@defaults[0].flow_offloading, line 2: ...</c>.</summary>
    public static string[] Lines(ImmutableArray<ConfigFinding> findings) =>
        [.. findings.Select(finding => $"{finding.Severity} {finding}")];
}
