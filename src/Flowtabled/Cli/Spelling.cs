namespace Flowtabled.Cli;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The candidate that <paramref name="word"/> is at most two typing errors away from or begins, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int best = 3;
        foreach (string candidate in candidates)
        {
            bool begins = word.TrimStart('-').Length > 1 && candidate.StartsWith(word, StringComparison.Ordinal);
            int distance = begins ? 1 : Distance(word, candidate);
            if (distance < best && 2 * distance < candidate.Length)
                (nearest, best) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary>How many letters are inserted, left out, replaced or swapped with their neighbour (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }
}
