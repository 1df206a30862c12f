using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>What the body of one method does that callers care about; computed from that body alone, so it holds for every compilation that sees the source.</summary>
/// <param name="Trips">Its own round trips, in source order.</param>
/// <param name="Calls">What it calls that may have a summary of its own.</param>
internal sealed record MethodSummary(ImmutableArray<OwnTrip> Trips, ImmutableArray<OwnCall> Calls)
{
    /// <summary>A method without a body to look at, or one that does nothing of interest.</summary>
    public static readonly MethodSummary Nothing = new(ImmutableArray<OwnTrip>.Empty, ImmutableArray<OwnCall>.Empty);
}

/// <summary>A round trip in a method's body.</summary>
internal sealed class OwnTrip(RoundTrip trip, SummarizedBody body)
{
    private readonly Lazy<bool> _isExpected = BackendModel.Once(() => body.Expects(trip.Operation));
    private readonly Lazy<ulong> _sources = BackendModel.Once(() => QueryText.SourcesOf(QueryOf(trip), body.Flow));
    private readonly Lazy<ulong> _sourcesOfRows = BackendModel.Once(() => QueryText.SourcesOfRows(QueryOf(trip), body.Flow));
    private readonly Lazy<Requirements> _requires = BackendModel.Once(() => body.Requires(trip.Operation));

    public RoundTrip Trip { get; } = trip;

    /// <summary>What executes: the call, or the sequence that a <c>foreach</c> enumerates.</summary>
    public IOperation Query => QueryOf(Trip);

    /// <summary>The parameters it depends on, one bit per ordinal, and <see cref="ValueFlow.This"/>.</summary>
    public ulong Sources => _sources.Value;

    /// <summary>Those of them that choose rows, not pages.</summary>
    public ulong SourcesOfRows => _sourcesOfRows.Value;

    /// <summary>What must hold of the parameters for it to run.</summary>
    public Requirements Requires => _requires.Value;

    /// <summary>True where it is cached, or stands in a loop of the method itself: there it is a finding or meant to be.</summary>
    public bool IsExpected => _isExpected.Value;

    private static IOperation QueryOf(RoundTrip trip) => trip.Operation is IForEachLoopOperation loop ? loop.Collection : trip.Operation;
}

/// <summary>A call in a method's body.</summary>
internal sealed class OwnCall(Callee callee, SummarizedBody body)
{
    private readonly Lazy<bool> _isExpected = BackendModel.Once(() => body.Expects(callee.Operation));
    private readonly Lazy<Requirements> _requires = BackendModel.Once(() => body.Requires(callee.Operation));
    private readonly Lazy<Switches> _says = BackendModel.Once(() => Switches.At(callee, around: default));
    private readonly Lazy<ulong> _instance = BackendModel.Once(() => SourcesOfInstance(callee, body));
    private ulong[]? _arguments;

    public Callee Callee { get; } = callee;

    /// <summary>As for <see cref="OwnTrip"/>.</summary>
    public bool IsExpected => _isExpected.Value;

    /// <summary>As for <see cref="OwnTrip"/>.</summary>
    public Requirements Requires => _requires.Value;

    /// <summary>Returns what it says about the flags of the callee, where this body was called with those around.</summary>
    public Switches Says(Switches around) => around == default ? _says.Value : Switches.At(Callee, around);

    /// <summary>Returns what a callee receives of what is carried into this body: a bit per parameter, and <see cref="ValueFlow.This"/>.</summary>
    public ulong Receives(BodyInSource? target, ulong carried)
    {
        var arguments = _arguments ??= SourcesOfArguments();
        if (target is { Request: >= 0 })
            return target.Request < arguments.Length && (arguments[target.Request] & carried) != 0 ? ValueFlow.BitAt(0) : 0;
        var received = 0UL;
        for (var i = 0; i < arguments.Length; i++)
        {
            if ((arguments[i] & carried) != 0)
                received |= ValueFlow.BitAt(i);
        }

        return (_instance.Value & carried) != 0 ? received | ValueFlow.This : received;
    }

    private ulong[] SourcesOfArguments()
    {
        var sources = new ulong[Callee.Method.Parameters.Length];
        foreach (var argument in Callee.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < sources.Length)
                sources[parameter.Ordinal] |= body.Flow.SourcesOf(argument.Value);
        }

        return sources;
    }

    private static ulong SourcesOfInstance(Callee callee, SummarizedBody body)
    {
        if (callee.Method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction || callee.Instance?.Unwrap() is IInstanceReferenceOperation)
            return ValueFlow.This;
        return callee.InstanceWithState is { } instance ? body.Flow.SourcesOf(instance) : 0;
    }
}

/// <summary>A body while it is asked about.</summary>
internal sealed class SummarizedBody(IOperation root, IMethodSymbol method, BackendModel model)
{
    private readonly Lazy<ValueFlow> _flow = BackendModel.Once(() => ValueFlow.OfParameters(root, method, model.Libraries));

    /// <summary>What depends on the parameters.</summary>
    public ValueFlow Flow => _flow.Value;

    /// <summary>What must hold of the parameters for an operation to run.</summary>
    public Requirements Requires(IOperation operation) => Requirements.Of(operation, root, method);

    /// <summary>True where a cache guard stands in front of an operation, or a loop of the body around it.</summary>
    public bool Expects(IOperation operation)
    {
        if (ReadThroughCache.Guards(operation, root))
            return true;
        // A query in a loop of the callee is a finding there, or meant to be there; a caller's loop adds nothing to it.
        foreach (var repetition in Loops.Enclosing(operation))
        {
            if (LegitimateLoops.ShapeOf(repetition, operation, model.Libraries) is not { } shape || !shape.LooksOutward())
                return true;
        }

        return false;
    }
}
