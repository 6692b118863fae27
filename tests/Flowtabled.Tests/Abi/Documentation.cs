using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Flowtabled.Tests.Abi;

/// <summary>What a type's summary says that it is in C, and in which header: "... (struct nlmsghdr, linux/netlink.h)".</summary>
internal static partial class Documentation
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> s_summaries = new();

    /// <summary>The headers that the summary of <paramref name="type"/> names.</summary>
    public static string[] HeadersOf(Type type) => [.. Header().Matches(SummaryOf(type)).Select(m => m.Value)];

    /// <summary>The C structure that the summary of <paramref name="type"/> names, as "struct name"; empty without one.</summary>
    public static string StructOf(Type type) => Struct().Match(SummaryOf(type)).Value;

    private static string SummaryOf(Type type) =>
        s_summaries.GetOrAdd(type.Assembly, Read).GetValueOrDefault($"T:{type.FullName?.Replace('+', '.')}", "");

    private static Dictionary<string, string> Read(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, m => m.Element("summary")?.Value ?? "");

    [GeneratedRegex(@"[\w/-]+\.h\b")]
    private static partial Regex Header();

    [GeneratedRegex(@"\bstruct \w+")]
    private static partial Regex Struct();
}
