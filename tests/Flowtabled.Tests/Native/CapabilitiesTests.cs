using System.Globalization;
using Flowtabled.Native;

namespace Flowtabled.Tests.Native;

public class CapabilitiesTests
{
    [Fact]
    public void What_the_process_has_is_what_proc_says()
    {
        var effective = File.ReadLines("/proc/thread-self/status").Single(l => l.StartsWith("CapEff:", StringComparison.Ordinal));
        var mask = ulong.Parse(effective["CapEff:".Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        var found = 0UL;
        for (var capability = 0; capability < 64; capability++)
            found |= Capabilities.Has(capability) ? 1UL << capability : 0;

        Assert.Equal(mask, found);
    }
}
