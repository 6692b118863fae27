using System.Globalization;

namespace Flowtabled.KernelTests.Lab;

/// <summary>The guest that the tests run in.</summary>
internal static class Guest
{
    /// <summary>
    /// How many times slower than the lab's own kernel it is (FLOWTABLED_SLOW_GUEST, which tests/lab/run sets): what is awaited may take so much longer.
    /// </summary>
    public static int Slowness { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("FLOWTABLED_SLOW_GUEST"), CultureInfo.InvariantCulture, out var times) ? times : 1;

    /// <summary>How many of <paramref name="count"/> things at a time it can bear; one at least.</summary>
    public static int Bears(int count) => Math.Max(1, count / Slowness);
}
