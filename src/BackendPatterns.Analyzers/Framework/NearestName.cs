namespace BackendPatterns.Analyzers.Framework;

/// <summary>Finds the name that a misspelt one stands for.</summary>
public static class NearestName
{
    /// <summary>
    /// Returns the one name that differs from <paramref name="written"/> by case only, or by no more than every fourth letter; null where none is that
    /// near, or two are equally near.
    /// </summary>
    public static string? To(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        var best = Math.Max(1, written.Length / 4) + 1;
        var isTie = false;
        foreach (var name in names)
        {
            var distance = Distance(written.ToUpperInvariant(), name.ToUpperInvariant());
            isTie = distance == best ? nearest is not null : distance > best && isTie;
            if (distance < best)
                (nearest, best) = (name, distance);
        }

        return isTie || best >= written.Length ? null : nearest;
    }

    /// <summary>How many letters have to be added, dropped, replaced or swapped with their neighbour.</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
