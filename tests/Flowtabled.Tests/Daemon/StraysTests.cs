using Flowtabled.Daemon;
using Flowtabled.Kernel;
using Flowtabled.Netlink.Conntrack;
using Flowtabled.Tests.Netlink.Conntrack;

namespace Flowtabled.Tests.Daemon;

/// <summary>Which connections are to leave the firewall's flowtable.</summary>
public sealed class StraysTests
{
    private static readonly List<ConntrackEntry> s_entries = Connections.Recorded("ct/dump.hex");

    [Fact]
    public void They_are_those_that_are_named()
    {
        var strays = new Strays(Keys(1, 2), areAllOthers: false);

        Assert.Equal([1, 2], Contained(strays));
    }

    [Fact]
    public void Where_more_are_there_than_are_remembered_they_are_all_but_those_that_are_known_to_be_none()
    {
        var strays = new Strays(Keys(1, 2), areAllOthers: true);

        Assert.Equal(Enumerable.Range(0, s_entries.Count).Except([1, 2]), Contained(strays));
    }

    private static ulong[] Keys(params int[] indexes) => [.. indexes.Select(static index => ConnectionKey.Of(in s_entries.ToArray()[index].Original))];

    private static IEnumerable<int> Contained(Strays strays)
    {
        for (var i = 0; i < s_entries.Count; i++)
        {
            var entry = s_entries[i];
            if (strays.Contain(in entry))
                yield return i;
        }
    }
}
