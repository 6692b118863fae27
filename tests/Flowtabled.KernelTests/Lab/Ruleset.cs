using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// The router's ruleset as <c>nft -j</c> lists it, an object a line, without what differs between two that are the same: handles, counts, and the flag of
/// an owner, whom other tests look for. The lab's own table, which counts, is left out.
/// </summary>
/// <param name="Ours">Our tables, and what is in them.</param>
/// <param name="Others">Everything else.</param>
internal sealed partial record Ruleset(string[] Ours, string[] Others)
{
    public static Ruleset Now
    {
        get
        {
            using var json = JsonDocument.Parse(Topology.InRouter("nft", "--json", "--stateless", "list", "ruleset"));
            var (ours, others) = (new List<string>(), new List<string>());
            foreach (var item in json.RootElement.GetProperty("nftables").EnumerateArray())
            {
                var (kind, value) = (item.EnumerateObject().Single().Name, item.EnumerateObject().Single().Value);
                if (kind == "metainfo")
                    continue;
                var table = value.GetProperty(kind == "table" ? "name" : "table").GetString()!;
                if (table == "lab")
                    continue;
                var list = table.StartsWith("flowtabled", StringComparison.Ordinal) ? ours : others;
                var members = NftListing.Members(kind, value).Where(static member => !member.StartsWith("table.flags", StringComparison.Ordinal));
                list.Add(Counts().Replace(string.Join(", ", members), ""));
            }

            return new Ruleset([.. ours], [.. others]);
        }
    }

    /// <summary>The handles of everything: what was made again has others.</summary>
    public static string Handles => Topology.InRouterShell("nft -a list ruleset | sed -n 's/.*\\(# handle [0-9]*\\)$/\\1/p'");

    public void AssertEqual(Ruleset other)
    {
        Assert.Equal(Ours, other.Ours);
        Assert.Equal(Others, other.Others);
    }

    [GeneratedRegex(@"counter\.(packets|bytes) = [0-9]+(, )?")]
    private static partial Regex Counts();
}
