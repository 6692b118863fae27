using System.Runtime.InteropServices;

namespace Flowtabled.Sequences;

/// <summary>
/// LINQ's operators in their plain form, for lists of a dozen items: they work at once and give lists. System.Linq compiles to five or more
/// specialised iterators for each pair of types that an operator meets, which is a tenth of this program.
/// </summary>
internal static class Sequence
{
    public static List<TResult> Select<T, TResult>(this IEnumerable<T> items, Func<T, TResult> selector)
    {
        var results = new List<TResult>();
        foreach (var item in items)
            results.Add(selector(item));
        return results;
    }

    public static List<TResult> SelectMany<T, TResult>(this IEnumerable<T> items, Func<T, IEnumerable<TResult>> selector)
    {
        var results = new List<TResult>();
        foreach (var item in items)
            results.AddRange(selector(item));
        return results;
    }

    public static List<T> Where<T>(this IEnumerable<T> items, Func<T, bool> predicate)
    {
        var results = new List<T>();
        foreach (var item in items)
        {
            if (predicate(item))
                results.Add(item);
        }

        return results;
    }

    public static List<T> Skip<T>(this IEnumerable<T> items, int count) => items.Where(_ => --count < 0);

    public static List<T> Concat<T>(this IEnumerable<T> items, IEnumerable<T> others) => [.. items, .. others];

    public static List<T> Append<T>(this IEnumerable<T> items, T last) => [.. items, last];

    public static List<T> Distinct<T>(this IEnumerable<T> items) => items.Except([]);

    /// <summary>The items that are not among <paramref name="others"/>, each once.</summary>
    public static List<T> Except<T>(this IEnumerable<T> items, IEnumerable<T> others)
    {
        var seen = new HashSet<T>(others);
        return items.Where(seen.Add);
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
    public static List<T> Sorted<T>(this IEnumerable<T> items, Comparison<T> comparison)
    {
        List<T> sorted = [.. items];
        CollectionsMarshal.AsSpan(sorted).Sort(comparison);
        return sorted;
    }

    public static List<string> Sorted(this IEnumerable<string> items) => items.Sorted(string.CompareOrdinal);

    public static List<T> ToList<T>(this IEnumerable<T> items) => [.. items];
}
