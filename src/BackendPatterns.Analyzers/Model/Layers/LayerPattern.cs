using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>
/// The name of a layer: the parts of a namespace that make code belong to it. <c>Domain</c> and <c>Shop.Domain</c> stand anywhere in a namespace, as whole parts; <c>*</c> stands
/// for any characters within one part, <c>**</c> for any number of parts. What stands below such a namespace belongs to the layer too.
/// </summary>
public sealed class LayerPattern
{
    private const string AnyParts = "**";

    /// <summary>The parts, cut at <c>**</c>: each run stands in a namespace without a gap.</summary>
    private readonly ImmutableArray<ImmutableArray<string>> _runs;

    private LayerPattern(string text, ImmutableArray<ImmutableArray<string>> runs)
    {
        Text = text;
        _runs = runs;
        Parts = runs.Sum(static run => run.Length);
        Wildcards = text.Count(static c => c == '*');
    }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>How many parts it names.</summary>
    public int Parts { get; }

    /// <summary>How many stars it has.</summary>
    public int Wildcards { get; }

    /// <summary>The parts before the first wildcard, if it can stand at the beginning of a namespace without one.</summary>
    public ImmutableArray<string> FixedPrefix => _runs[0].TakeWhile(static part => part.IndexOf('*') < 0).ToImmutableArray();

    /// <summary>Returns the pattern that a text stands for, or null with what is wrong with it.</summary>
    public static LayerPattern? Parse(string text, out string? problem)
    {
        var runs = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var run = ImmutableArray.CreateBuilder<string>();
        problem = null;
        foreach (var part in text.Split('.'))
        {
            if (part.Length == 0)
                problem = "has a dot with nothing before or after it";
            else if (part != AnyParts && part.IndexOf(AnyParts, StringComparison.Ordinal) >= 0)
                problem = "has '**' beside other characters; it stands for whole parts";
            if (problem is not null)
                return null;
            if (part != AnyParts)
            {
                run.Add(part);
                continue;
            }

            if (run.Count > 0)
                runs.Add(run.ToImmutable());
            run.Clear();
        }

        if (run.Count > 0)
            runs.Add(run.ToImmutable());
        if (runs.Count == 0 || runs.All(static parts => parts.All(static part => part == "*")))
        {
            problem = "fits every namespace";
            return null;
        }

        return new LayerPattern(text, runs.ToImmutable());
    }

    /// <summary>Returns the index of the first part of a namespace at which the pattern fits, or -1.</summary>
    public int IndexIn(ImmutableArray<string> space)
    {
        for (var start = 0; start < space.Length; start++)
        {
            if (FitsAt(space, start))
                return start;
        }

        return -1;
    }

    private bool FitsAt(ImmutableArray<string> space, int start)
    {
        if (!RunFitsAt(_runs[0], space, start))
            return false;
        var at = start + _runs[0].Length;
        for (var i = 1; i < _runs.Length; i++)
        {
            // Nothing has to fit at the end, so the first place for a run is as good as any later one.
            while (at < space.Length && !RunFitsAt(_runs[i], space, at))
                at++;
            if (at >= space.Length)
                return false;
            at += _runs[i].Length;
        }

        return true;
    }

    private static bool RunFitsAt(ImmutableArray<string> run, ImmutableArray<string> space, int start)
    {
        if (start + run.Length > space.Length)
            return false;
        for (var i = 0; i < run.Length; i++)
        {
            if (!PartFits(run[i], space[start + i]))
                return false;
        }

        return true;
    }

    /// <summary>A star takes as few characters as it can, and more when what follows does not fit.</summary>
    private static bool PartFits(string pattern, string part)
    {
        var (i, j) = (0, 0);
        var (star, resume) = (-1, 0);
        while (j < part.Length)
        {
            if (i < pattern.Length && pattern[i] == '*')
            {
                (star, resume) = (i++, j);
            }
            else if (i < pattern.Length && pattern[i] == part[j])
            {
                i++;
                j++;
            }
            else if (star >= 0)
            {
                (i, j) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (i < pattern.Length && pattern[i] == '*')
            i++;
        return i == pattern.Length;
    }
}
