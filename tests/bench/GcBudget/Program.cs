// Allocates 280 MB in small pieces, as a daemon does over days, and prints what the collector made of it. Compiled with the daemon's
// settings (src/Aot.props): the gen-0 budget among them is undocumented, so that it still works has to be seen.
const int Total = 280_000_000;
const int Piece = 100;
const int Kept = 1000;

byte[][] live = new byte[Kept][];
for (int i = 0; i < Total / Piece; i++)
    live[i % Kept] = new byte[Piece - (3 * IntPtr.Size)];

Console.WriteLine($"collections {GC.CollectionCount(0)}");
Console.WriteLine($"rss_kib {RssKiB()}");
GC.KeepAlive(live);

static long RssKiB()
{
    foreach (string line in File.ReadLines("/proc/self/status"))
    {
        if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            return long.Parse(line.AsSpan(6).TrimEnd("kB"));
    }
    throw new InvalidDataException("/proc/self/status has no VmRSS");
}
