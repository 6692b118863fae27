// conntrackbench dump TIMES [marked]: list the connections into totals; prints them and what that took, a line each: NAME VALUE.
// conntrackbench events SECONDS: hear of connections for that long, and after a loss read them again.
using System.Globalization;
using Flowtabled.Netlink.Conntrack;

return args switch
{
    ["dump", var times, ..] => Dump(int.Parse(times, CultureInfo.InvariantCulture), marked: args.Length > 2),
    ["events", var seconds] => Events.Run(double.Parse(seconds, CultureInfo.InvariantCulture)),
    _ => 2,
};

static int Dump(int times, bool marked)
{
    using var client = ConntrackClient.Open();
    var filter = marked ? ConntrackFilter.ByMark(1, 1) : default;
    var totals = default(Totals);
    var cost = Cost.Begin();
    for (var i = 0; i < times; i++)
    {
        totals.Restart();
        client.Dump(in filter, ref totals);
    }

    cost.End();
    Console.WriteLine($"entries {totals.Entries}\ntcp {totals.Tcp}\nmarked {totals.Marked}\npackets {totals.Packets}\nchecksum {totals.Checksum}");
    return 0;
}
