namespace Flowtabled.KernelTests.Lab;

/// <summary>
/// The router's ruleset as nft lists it, line by line, without what differs between two that are the same: handles, counts, and the flag of an owner, whom
/// other tests look for. The lab's own table, which counts, is left out.
/// </summary>
/// <param name="Ours">Our tables, and what is in them.</param>
/// <param name="Others">Everything else.</param>
internal sealed record Ruleset(string[] Ours, string[] Others)
{
    public static Ruleset Now
    {
        get
        {
            var (ours, others, list) = (new List<string>(), new List<string>(), new List<string>());
            foreach (var line in NftListing.Lines(Topology.InRouter("nft", "--stateless", "list", "ruleset")))
            {
                if (line.StartsWith("table ", StringComparison.Ordinal))
                {
                    var name = line.Split(' ')[2];
                    list = name == "lab" ? [] : name.StartsWith("flowtabled", StringComparison.Ordinal) ? ours : others;
                }

                list.Add(line);
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
}
