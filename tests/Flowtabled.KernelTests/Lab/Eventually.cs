using System.Diagnostics;

namespace Flowtabled.KernelTests.Lab;

/// <summary>Waits for states instead of sleeping.</summary>
internal static class Eventually
{
    /// <summary>Polls until <paramref name="isSo"/>; the time it took. Fails after <paramref name="limit"/> with what was awaited; in a slow guest later.</summary>
    public static TimeSpan Is(Func<bool> isSo, string what, TimeSpan? limit = null, Func<string>? otherwise = null)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > (limit ?? TimeSpan.FromSeconds(10)) * Guest.Slowness)
                Assert.Fail($"{what}: not after {watch.Elapsed.TotalSeconds:f1} s. {otherwise?.Invoke()}");
            Thread.Sleep(20); // The guest has one processor, and what is awaited needs it too.
        }

        return watch.Elapsed;
    }
}
