using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which round trips stand behind a call. Calls are followed into local functions and into methods of the same class and its base classes in source;
/// one summary per method is kept for the compilation, and a question walks the summaries, shortest way first.
/// </summary>
public sealed class CallModel
{
    private const int MostLinks = 8;
    private const int MostVisits = 200;

    private readonly BackendModel _model;
    private readonly MethodSummaries _summaries;
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary> _known = new(SymbolEqualityComparer.Default);

    internal CallModel(BackendModel model)
    {
        _model = model;
        _summaries = new MethodSummaries(model);
    }

    /// <summary>
    /// Returns the shortest chain from a call to a round trip of this kind that depends on an argument for which <paramref name="carriesElement"/> is true,
    /// or null where there is none or nothing is known. Round trips that the callee caches, or makes in a loop of its own, do not count.
    /// </summary>
    public CallChain? RoundTripBehind(IInvocationOperation call, RoundTripKind kind, Func<IOperation, bool> carriesElement)
    {
        if (!CanFollow(call))
            return null;
        var carried = 0UL;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && carriesElement(argument.Value))
                carried |= ValueFlow.BitOf(parameter);
        }

        return carried == 0
            ? null
            : Find(new CallLink(call.TargetMethod, call.Syntax.GetLocation()), carried, kind);
    }

    /// <summary>The same, whatever the round trip depends on.</summary>
    public CallChain? RoundTripBehind(IInvocationOperation call, RoundTripKind kind) =>
        CanFollow(call) ? Find(new CallLink(call.TargetMethod, call.Syntax.GetLocation()), carried: null, kind) : null;

    /// <summary>The same for a method group whose parameters all receive the element.</summary>
    public CallChain? RoundTripBehind(IMethodReferenceOperation group, RoundTripKind kind) =>
        CanFollow(group.Method, group.Instance, group) ? Find(new CallLink(group.Method, group.Syntax.GetLocation()), ulong.MaxValue, kind) : null;

    /// <summary>True where a round trip of this kind stands behind a call, whatever it depends on.</summary>
    public bool Reaches(IMethodSymbol method, RoundTripKind kind) => Find(new CallLink(method, Location.None), carried: null, kind) is not null;

    /// <summary>True for a call whose callee this model looks into; cheap.</summary>
    public bool CanFollow(IInvocationOperation call) => CanFollow(call.TargetMethod, call.Instance, call);

    private bool CanFollow(IMethodSymbol method, IOperation? instance, IOperation at)
    {
        if (method.MethodKind is MethodKind.LocalFunction)
            return true;
        if (method.MethodKind is not MethodKind.Ordinary || method.IsAbstract || method.DeclaringSyntaxReferences.IsEmpty)
            return false;
        return instance switch
        {
            null => method.IsStatic && IsSameClass(method.ContainingType, at),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
            _ => false,
        };
    }

    private bool IsSameClass(INamedTypeSymbol declaring, IOperation at)
    {
        var symbol = at.SemanticModel?.GetEnclosingSymbol(at.Syntax.SpanStart)?.ContainingType;
        for (; symbol is not null; symbol = symbol.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, declaring.OriginalDefinition))
                return true;
        }

        return false;
    }

    private CallChain? Find(CallLink start, ulong? carried, RoundTripKind kind)
    {
        var visited = new HashSet<(IMethodSymbol, ulong)>();
        var pending = new Queue<(ImmutableArray<CallLink> Links, ulong? Carried)>();
        pending.Enqueue((ImmutableArray.Create(start), carried));
        for (var visits = 0; pending.Count > 0 && visits < MostVisits; visits++)
        {
            var (links, carriedHere) = pending.Dequeue();
            var method = links[links.Length - 1].Method.OriginalDefinition;
            if (!visited.Add((method, carriedHere ?? 0)))
                continue;
            var summary = SummaryOf(method);
            foreach (var trip in summary.Trips)
            {
                if (trip.Trip.Kind == kind && !trip.IsExpected && (carriedHere is null || (trip.Parameters & carriedHere) != 0))
                    return new CallChain(links, trip.Trip);
            }

            if (links.Length == MostLinks)
                continue;
            foreach (var call in summary.Calls)
            {
                if (!call.IsExpected && CarriedInto(call, carriedHere) is var onward && (onward is null or > 0))
                    pending.Enqueue((links.Add(call.Link), onward));
            }
        }

        return null;
    }

    private static ulong? CarriedInto(OwnCall call, ulong? carried)
    {
        if (carried is null)
            return null;
        var onward = 0UL;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if ((call.Arguments[i] & carried) != 0)
                onward |= 1UL << Math.Min(i, 63);
        }

        return onward;
    }

    private MethodSummary SummaryOf(IMethodSymbol method)
    {
        if (_known.TryGetValue(method, out var known))
            return known;
        return _known.GetOrAdd(method, _summaries.Of(method, CanFollow));
    }
}
