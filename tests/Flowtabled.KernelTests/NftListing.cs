using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flowtabled.KernelTests;

/// <summary>What <c>nft list</c> prints, member by member or line by line, so that two listings can be compared.</summary>
internal static partial class NftListing
{
    // Handles, and the time that is left, differ between two kernels' objects that are the same.
    private static readonly string[] s_incomparable = ["handle", "expires"];

    /// <summary>
    /// A line for each value, <c>add chain inet t forward: chain.prio = 10</c>, in the order of the listing; elements of sets and devices are sorted, for
    /// the kernel has an order of its own.
    /// </summary>
    public static IReadOnlyList<string> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        var members = new List<string>();
        foreach (var item in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            var member = item.EnumerateObject().Single();
            if (member.Name != "metainfo")
                Add(members, member.Name, member.Value);
        }

        return members;
    }

    /// <summary>
    /// The lines of a listing in nft's own language, devices sorted, without the owners of tables and their flags: nft 1.0.6 knows nothing of persist, and
    /// prints what happens to lie in memory as its name; in JSON that can be the end of the listing.
    /// </summary>
    public static IReadOnlyList<string> Lines(string listing) =>
    [
        .. listing.Split('\n')
            .Where(static line => line.Length > 0 && !line.StartsWith("\tflags ", StringComparison.Ordinal))
            .Select(static line => Owner().Replace(line, ""))
            .Select(static line => Devices().Replace(line, static devices => string.Join(", ", devices.Value.Split(", ").Order(StringComparer.Ordinal)))),
    ];

    /// <summary>The objects of a kind, in order.</summary>
    public static JsonElement[] Objects(string json, string kind)
    {
        var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("nftables").EnumerateArray()
                .Where(item => item.TryGetProperty(kind, out _))
                .Select(item => item.GetProperty(kind)),
        ];
    }

    /// <summary>The members of one value.</summary>
    public static IReadOnlyList<string> Members(string name, JsonElement value)
    {
        var members = new List<string>();
        Add(members, name, value);
        return members;
    }

    private static void Add(List<string> members, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject().Where(member => !s_incomparable.Contains(member.Name)))
                    Add(members, $"{path}.{member.Name}", member.Value);
                break;
            case JsonValueKind.Array:
                var items = value.EnumerateArray().Select(item => string.Join(", ", Members("", item)));
                var isSet = path.EndsWith(".elem", StringComparison.Ordinal) || path.EndsWith(".set", StringComparison.Ordinal)
                    || path.EndsWith(".dev", StringComparison.Ordinal);
                var index = 0;
                foreach (var item in isSet ? items.Order(StringComparer.Ordinal) : items)
                    members.Add($"{path}[{index++}] {item}");
                break;
            default:
                members.Add($"{path} = {value.GetRawText()}");
                break;
        }
    }

    [GeneratedRegex("(?<=^table .*) # progname .*")]
    private static partial Regex Owner();

    [GeneratedRegex("(?<=devices = { ).*(?= })")]
    private static partial Regex Devices();
}
