namespace Flowtabled.Sequences;

/// <summary>
/// LINQ's operators in their plain form, for lists of a dozen items. System.Linq compiles to five or more specialised iterators for each pair of
/// types that an operator meets, which is a tenth of this program; here it is one.
/// </summary>
internal static class Sequence
{
    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> items, Func<T, TResult> selector)
    {
        foreach (var item in items)
            yield return selector(item);
    }

    public static IEnumerable<TResult> SelectMany<T, TResult>(this IEnumerable<T> items, Func<T, IEnumerable<TResult>> selector)
    {
        foreach (var item in items)
        {
            foreach (var inner in selector(item))
                yield return inner;
        }
    }

    public static IEnumerable<T> Where<T>(this IEnumerable<T> items, Func<T, bool> predicate)
    {
        foreach (var item in items)
        {
            if (predicate(item))
                yield return item;
        }
    }

    public static IEnumerable<T> Skip<T>(this IEnumerable<T> items, int count)
    {
        foreach (var item in items)
        {
            if (--count < 0)
                yield return item;
        }
    }

    public static IEnumerable<T> Concat<T>(this IEnumerable<T> items, IEnumerable<T> others)
    {
        foreach (var item in items)
            yield return item;
        foreach (var item in others)
            yield return item;
    }

    public static IEnumerable<T> Append<T>(this IEnumerable<T> items, T last) => items.Concat([last]);

    public static IEnumerable<T> Distinct<T>(this IEnumerable<T> items) => items.Except([]);

    /// <summary>The items that are not among <paramref name="others"/>, each once.</summary>
    public static IEnumerable<T> Except<T>(this IEnumerable<T> items, IEnumerable<T> others)
    {
        var seen = new HashSet<T>(others);
        foreach (var item in items)
        {
            if (seen.Add(item))
                yield return item;
        }
    }

    public static bool Any<T>(this IEnumerable<T> items, Func<T, bool> predicate)
    {
        foreach (var item in items)
        {
            if (predicate(item))
                return true;
        }

        return false;
    }

    public static bool All<T>(this IEnumerable<T> items, Func<T, bool> predicate) => !items.Any(item => !predicate(item));

    public static T? FirstOrDefault<T>(this IEnumerable<T> items, Func<T, bool> predicate)
    {
        foreach (var item in items)
        {
            if (predicate(item))
                return item;
        }

        return default;
    }

    public static bool Contains<T>(this IEnumerable<T> items, T wanted) => items.Any(item => EqualityComparer<T>.Default.Equals(item, wanted));

    /// <summary>The largest of what <paramref name="selector"/> gives; 0 for no items.</summary>
    public static int Max<T>(this IEnumerable<T> items, Func<T, int> selector)
    {
        var max = 0;
        foreach (var item in items)
            max = Math.Max(max, selector(item));
        return max;
    }

    /// <summary>
    /// The items in order. Spans are sorted without a comparer; List.Sort and the sorted collections compile one for each type in the program.
    /// </summary>
    public static T[] Sorted<T>(this IEnumerable<T> items, Comparison<T> comparison)
    {
        T[] sorted = [.. items];
        sorted.AsSpan().Sort(comparison);
        return sorted;
    }

    public static string[] Sorted(this IEnumerable<string> items) => items.Sorted(string.CompareOrdinal);

    public static List<T> ToList<T>(this IEnumerable<T> items) => [.. items];
}
