using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Flowtabled.Tests;

/// <summary>Checks what must hold for every input. The seed is printed; FLOWTABLED_SEED=seed runs the same inputs again.</summary>
internal static class Property
{
    public const int Runs = 10_000;

    /// <summary>Runs <paramref name="check"/>, which throws where it does not hold, on so many inputs.</summary>
    public static void Holds<T>(Arbitrary<T> inputs, Action<T> check, int runs = Runs)
    {
        var seed = Environment.GetEnvironmentVariable("FLOWTABLED_SEED") is { Length: > 0 } given
            ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.NextInt64();
        TestContext.Current.TestOutputHelper?.WriteLine($"FLOWTABLED_SEED={seed}");

        var replay = new Replay(new Rnd(seed, 1), FSharpOption<int>.None);
        var config = FsCheck.Config.QuickThrowOnFailure
            .WithMaxTest(runs)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(replay));
        Check.One(config, Prop.ForAll(inputs, check));
    }
}
