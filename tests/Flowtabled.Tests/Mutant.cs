using FsCheck;
using FsCheck.Fluent;

namespace Flowtabled.Tests;

/// <summary>
/// Bytes that were well-formed, cut and mutated in a few places so that most of the structure is kept: plain random bytes die at the
/// first check.
/// </summary>
internal sealed class Mutant(byte[] seed, Mutant.Edit[] edits)
{
    /// <summary>One mutation. Position and length are taken modulo what is there.</summary>
    public sealed record Edit(string Kind, int At, int Length, byte[] Text);

    public byte[] Bytes { get; } = edits.Aggregate(seed, Apply);

    /// <summary>Mutants of <paramref name="seeds"/>, into which pieces of <paramref name="vocabulary"/> are put.</summary>
    public static Arbitrary<Mutant> Of(byte[][] seeds, byte[][] vocabulary)
    {
        var positions = Gen.Choose(0, seeds.Max(seed => seed.Length) * 2);
        var text = Gen.Frequency(
            (3, Gen.Elements(vocabulary)),
            (1, Gen.Choose(0, 255).Select(value => new[] { (byte)value })),
            (1, Gen.Choose(1, 200).SelectMany(count => Gen.Elements(vocabulary).Select(piece => Repeat(piece, count)))));
        var edit =
            from kind in Gen.Elements("cut", "insert", "replace", "delete", "repeat")
            from at in positions
            from length in Gen.Choose(1, 40)
            from piece in text
            select new Edit(kind, at, length, piece);
        var mutants =
            from seed in Gen.Elements(seeds)
            from count in Gen.Choose(0, 6)
            from edits in edit.ArrayOf(count)
            select new Mutant(seed, edits);
        return Arb.From(mutants, mutant => mutant.Shrink());
    }

    public override string ToString() => '"' + string.Concat(Bytes.Select(Escape)) + '"';

    private IEnumerable<Mutant> Shrink() =>
        Enumerable.Range(0, edits.Length).Select(left => new Mutant(seed, [.. edits.Where((_, index) => index != left)]));

    private static byte[] Apply(byte[] bytes, Edit edit)
    {
        var at = edit.At % (bytes.Length + 1);
        var length = Math.Min(edit.Length, bytes.Length - at);
        return edit.Kind switch
        {
            "cut" => bytes[..at],
            "insert" => [.. bytes[..at], .. edit.Text, .. bytes[at..]],
            "replace" => [.. bytes[..at], .. edit.Text, .. bytes[(at + length)..]],
            "delete" => [.. bytes[..at], .. bytes[(at + length)..]],
            "repeat" => [.. bytes[..(at + length)], .. bytes[at..]],
            _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.Kind, null),
        };
    }

    private static byte[] Repeat(byte[] piece, int count) => [.. Enumerable.Repeat(piece, count).SelectMany(bytes => bytes)];

    private static string Escape(byte value) => value switch
    {
        (byte)'\n' => "\\n",
        (byte)'"' or (byte)'\\' => $"\\{(char)value}",
        >= (byte)' ' and <= (byte)'~' => ((char)value).ToString(),
        _ => $"\\x{value:x2}",
    };
}
