using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Whether an operator is applied to a query.</summary>
public enum Presence
{
    /// <summary>It is not seen, but a part of the query cannot be read.</summary>
    Unknown,

    /// <summary>On no way to the query.</summary>
    Never,

    /// <summary>On at least one way, and not surely on all.</summary>
    Sometimes,

    /// <summary>On every way.</summary>
    Always,
}

/// <summary>Where a walk from the end of a query towards its sources came to a stop.</summary>
/// <param name="Operators">On each way the last applied of the operators that were looked for, without those that stand before it.</param>
/// <param name="Sources">What the other ways start from: sets, materialised rows, calls and members of libraries that make a query.</param>
/// <param name="AreKnown">False where a way leads into something that cannot be read.</param>
public sealed record QueryStops(ImmutableArray<IInvocationOperation> Operators, ImmutableArray<IOperation> Sources, bool AreKnown);

/// <summary>
/// All ways on which a query may come to be: over the values that its locals may have at each place (<c>if (x) q = q.Where(…)</c>), both sides of choices, the bodies
/// of methods and properties in source that return queries or compose them (<c>q.OnlyActive()</c>), and the callers of private methods that are given one.
/// </summary>
/// <remarks>
/// Ask about what is there by <see cref="Has"/>: one way is enough. Ask about what is missing by <see cref="Lacks"/>: every way has to be read to its source. Neither is
/// true where it is not known, so neither is the negation of the other.
/// </remarks>
public sealed class QueryWays
{
    private readonly QueryStep _end;

    internal QueryWays(QueryStep end) => _end = end;

    /// <summary>True where every way is read to its source.</summary>
    public bool AreKnown => StopsAt(static _ => false).AreKnown;

    /// <summary>The operators on any way; those of one expression from the last applied one to the first.</summary>
    public ImmutableArray<IInvocationOperation> Operators
    {
        get
        {
            var operators = ImmutableArray.CreateBuilder<IInvocationOperation>();
            Walk(static _ => false, operators, sources: null, stops: null);
            return operators.ToImmutable();
        }
    }

    /// <summary>True where an operator with one of these names is applied on at least one way.</summary>
    public bool Has(params string[] names) => PresenceOf(names) is Presence.Sometimes or Presence.Always;

    /// <summary>True where no operator with one of these names is applied on any way; false where that is not known.</summary>
    public bool Lacks(params string[] names) => PresenceOf(names) is Presence.Never;

    /// <summary>Returns whether one of these operators is applied.</summary>
    public Presence PresenceOf(params string[] names)
    {
        var stops = StopsAt(call => Array.IndexOf(names, call.TargetMethod.Name) >= 0);
        if (stops.Operators.IsEmpty)
            return stops.AreKnown ? Presence.Never : Presence.Unknown;
        return stops.Sources.IsEmpty && stops.AreKnown ? Presence.Always : Presence.Sometimes;
    }

    /// <summary>Goes back from the end of the query, on each way to the nearest operator that is looked for.</summary>
    public QueryStops StopsAt(Func<IInvocationOperation, bool> isLookedFor)
    {
        var sources = ImmutableArray.CreateBuilder<IOperation>();
        var stops = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var areKnown = Walk(isLookedFor, operators: null, sources, stops);
        return new QueryStops(stops.ToImmutable(), sources.ToImmutable(), areKnown);
    }

    private bool Walk(
        Func<IInvocationOperation, bool> isStop, ImmutableArray<IInvocationOperation>.Builder? operators, ImmutableArray<IOperation>.Builder? sources,
        ImmutableArray<IInvocationOperation>.Builder? stops)
    {
        var areKnown = true;
        var seen = new HashSet<QueryStep>();
        var pending = new Stack<QueryStep>();
        pending.Push(_end);
        while (pending.Count > 0)
        {
            var step = pending.Pop();
            if (!seen.Add(step))
                continue;
            areKnown &= step.IsKnown;
            if (step.Operator is { } call)
            {
                if (isStop(call))
                {
                    stops?.Add(call);
                    continue;
                }

                operators?.Add(call);
            }
            else if (step.Source is { } source)
            {
                sources?.Add(source);
            }

            for (var i = step.Before.Count - 1; i >= 0; i--)
                pending.Push(step.Before[i]);
        }

        return areKnown;
    }
}

/// <summary>One step of a query: an operator, a source, or a place where several ways meet.</summary>
internal sealed class QueryStep
{
    public IInvocationOperation? Operator { get; set; }

    public IOperation? Source { get; set; }

    /// <summary>False where something may happen here that cannot be read.</summary>
    public bool IsKnown { get; set; } = true;

    /// <summary>What comes before, nearest first.</summary>
    public List<QueryStep> Before { get; } = [];
}
