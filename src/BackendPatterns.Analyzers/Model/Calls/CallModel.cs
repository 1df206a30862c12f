using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which round trips stand behind a call: through methods, accessors, constructors, delegates and request handlers, through interfaces to their
/// implementations, into the source of referenced projects and to the facts of assemblies without source.
/// </summary>
/// <remarks>
/// Two stages. Names alone, from the text of the trees, say what cannot reach a round trip (<see cref="NameReachability"/>); only what passes is bound and
/// summarised, one summary per method, and a question walks the summaries, shortest way first.
/// </remarks>
public sealed class CallModel
{
    private const int MostConstants = 32;

    private static readonly ImmutableArray<RoundTripKind> Kinds =
        ImmutableArray.Create(RoundTripKind.DatabaseRead, RoundTripKind.DatabaseWrite, RoundTripKind.Remote, RoundTripKind.Cache);

    private readonly BackendModel _model;
    private readonly MethodSummaries _summaries;
    private readonly CallNames _names;
    private readonly Lazy<SourceModels> _sources;
    private readonly Lazy<Dispatch> _dispatch;
    private readonly ConcurrentDictionary<IMethodSymbol, bool>[] _reaches = Enum.GetNames(typeof(RoundTripKind)).Select(static _ => new ConcurrentDictionary<IMethodSymbol, bool>(SymbolEqualityComparer.Default)).ToArray();

    private readonly ConcurrentDictionary<CallSearch.Entry, CallSearch.WayOn?>[] _waysOn =
        Enum.GetNames(typeof(RoundTripKind)).Select(static _ => new ConcurrentDictionary<CallSearch.Entry, CallSearch.WayOn?>()).ToArray();
    private readonly ConcurrentDictionary<OwnCall, ImmutableArray<(BodyInSource Body, NameTraits Behind)>> _targets = new();

    internal CallModel(BackendModel model, IForeignFacts facts)
    {
        _model = model;
        Facts = facts;
        _summaries = new MethodSummaries(model);
        _sources = BackendModel.Once(() => new SourceModels(model));
        _dispatch = BackendModel.Once(() => new Dispatch(_sources.Value));
        _names = new CallNames(model, facts, _sources);
        Uncertain = new UncertainDispatch(this);
    }

    internal IForeignFacts Facts { get; }

    internal Dispatch Dispatch => _dispatch.Value;

    internal UncertainDispatch Uncertain { get; }

    internal CallNames Names => _names;

    /// <summary>
    /// Returns the shortest chain from an operation (a call, a property, a construction) to a round trip of this kind that depends on an argument, or on the object it is called
    /// on, for which <paramref name="carriesElement"/> is true; null where there is none or nothing is known. Round trips that the callee caches, or makes in a loop of its own, do not count.
    /// </summary>
    public CallChain? RoundTripBehind(IOperation operation, RoundTripKind kind, Func<IOperation, bool> carriesElement, CancellationToken cancellation = default)
    {
        if (CalleeOf(operation, kind, cancellation) is not { } callee)
            return null;
        var carried = Carried(callee, carriesElement);
        return (carried == 0 ? null : Find(callee, carried, kind, cancellation)) ?? BehindClosure(callee, kind, carriesElement, cancellation);
    }

    /// <summary>The same, whatever the round trip depends on.</summary>
    public CallChain? RoundTripBehind(IOperation operation, RoundTripKind kind, CancellationToken cancellation = default) =>
        CalleeOf(operation, kind, cancellation) is { } callee ? Find(callee, carried: null, kind, cancellation) : null;

    /// <summary>The same for a method group whose parameters all receive the element; a write counts whatever it depends on.</summary>
    public CallChain? RoundTripBehind(IMethodReferenceOperation group, RoundTripKind kind, CancellationToken cancellation = default) =>
        CalleeOf(group, kind, cancellation) is { } callee ? Find(callee, kind is RoundTripKind.DatabaseWrite ? null : ~ValueFlow.This, kind, cancellation) : null;

    /// <summary>True where a round trip of this kind stands behind a method, whatever it depends on.</summary>
    public bool Reaches(IMethodSymbol method, RoundTripKind kind, CancellationToken cancellation = default)
    {
        method = method.OriginalDefinition;
        var known = _reaches[(int)kind];
        if (known.TryGetValue(method, out var reaches))
            return reaches;
        return MayReach(method, RoundTripNames.Of(kind), cancellation) && known.GetOrAdd(method, FindAny(method, carried: null, kind, cancellation) is not null);
    }

    /// <summary>
    /// Returns the methods in source that may run when a method is called: itself, overrides, implementations, in this project and, in editors, in those it references. Empty
    /// where none is in source or there are too many to tell.
    /// </summary>
    public ImmutableArray<IMethodSymbol> BodiesOf(IMethodSymbol method, CancellationToken cancellation = default) =>
        Dispatch.Of(method, cancellation).Select(static body => body.Method).ToImmutableArray();

    /// <summary>
    /// Returns the round trips behind a method with the parameters that each depends on: what another assembly has to know about it. One fact per kind, its chain
    /// that of the shortest way.
    /// </summary>
    public ImmutableArray<RoundTripFact> FactsOf(IMethodSymbol method, CancellationToken cancellation = default)
    {
        var facts = ImmutableArray<RoundTripFact>.Empty;
        foreach (var kind in Kinds)
        {
            if (!Reaches(method, kind, cancellation) || FindAny(method, carried: null, kind, cancellation) is not { } any)
                continue;
            var sources = 0UL;
            var pageSources = 0UL;
            CallChain? dependent = null;
            foreach (var bit in method.Parameters.Select(ValueFlow.BitOf).Concat([ValueFlow.This]).Distinct())
            {
                if (FindAny(method, bit, kind, cancellation) is not { } chain)
                    continue;
                if (chain.End.IsNextPage)
                    pageSources |= bit;
                else
                    sources |= bit;
                dependent = dependent is null or { End.IsNextPage: true } ? chain : dependent;
            }

            var (ifTrue, ifFalse) = FlagsBefore(method, kind, cancellation);
            facts = facts.Add(new RoundTripFact(
                kind, (dependent ?? any).End.Library, sources, (dependent ?? any).TextBehind, pageSources, IfTrue: ifTrue, IfFalse: ifFalse, IfChosen: ChoicesBefore(method, kind, cancellation)));
        }

        return facts;
    }

    /// <summary>False where nothing that an operation calls can reach a round trip, by its name alone; cheap.</summary>
    public bool CanFollow(IOperation operation) => (KindsBehind(operation) & NameTraits.Leaves) != 0;

    /// <summary>Returns the kinds of round trips that what an operation calls may reach, by its name alone; cheap. A delegate may reach all, unless callers bring it.</summary>
    internal NameTraits KindsBehind(IOperation operation, CancellationToken cancellation = default) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call => call.Instance is IParameterReferenceOperation ? NameTraits.None : NameTraits.MayLeave,
        IInvocationOperation call => _names.KindsBehind(call.TargetMethod, cancellation),
        IPropertyReferenceOperation reference => _names.KindsBehind(reference.Property, cancellation),
        IObjectCreationOperation { Constructor: { } constructor } => _names.KindsBehind(constructor, cancellation),
        IMethodReferenceOperation group => _names.KindsBehind(group.Method, cancellation),
        _ => NameTraits.None,
    };

    /// <summary>Returns the kinds of round trips that the text of the member around a place may reach, by names alone; cheap.</summary>
    internal NameTraits KindsAround(SyntaxNode place, CancellationToken cancellation) => _names.KindsAround(place, cancellation);

    /// <summary>False where no member of this name can reach a round trip.</summary>
    internal bool MayReach(ISymbol member, NameTraits kinds = NameTraits.MayLeave, CancellationToken cancellation = default) => (_names.KindsBehind(member, cancellation) & kinds) != 0;

    /// <summary>False where the text of a member mentions nothing that could reach a round trip.</summary>
    internal bool MayReach(BodyInSource body, NameTraits kinds, CancellationToken cancellation) => (_names.KindsBehind(body, cancellation) & kinds) != 0;

    internal bool IsInSource(IMethodSymbol method) => _sources.Value.Of(method) is not null;

    internal TypeNames Types(CancellationToken cancellation) => _names.Types(cancellation);

    internal MethodSummary SummaryOf(IMethodSymbol method, CancellationToken cancellation) => _summaries.Of(method, cancellation);

    /// <summary>What searches for a kind of round trip found, by the body that they started at and what was carried into it; null for nothing.</summary>
    internal ConcurrentDictionary<CallSearch.Entry, CallSearch.WayOn?> WaysOn(RoundTripKind kind) => _waysOn[(int)kind];

    /// <summary>Returns the bodies that a call of a summary may run, with the kinds of round trips that their texts may reach.</summary>
    internal ImmutableArray<(BodyInSource Body, NameTraits Behind)> TargetsOf(OwnCall call, BodyInSource around, CancellationToken cancellation)
    {
        if (_targets.TryGetValue(call, out var known))
            return known;
        var bodies = Dispatch.Of(call.Callee, around.Owner, () => around.Method.ContainingType, cancellation);
        return _targets.GetOrAdd(call, bodies.Select(body => (body, _names.KindsBehind(body, cancellation))).ToImmutableArray());
    }

    private Callee? CalleeOf(IOperation operation, RoundTripKind kind, CancellationToken cancellation) =>
        Callee.Of(operation, _model) is { } callee && MayReach(callee.Method, RoundTripNames.Of(kind), cancellation) ? callee : null;

    private CallChain? Find(Callee callee, ulong? carried, RoundTripKind kind, CancellationToken cancellation)
    {
        var search = new CallSearch(this, kind, cancellation);
        search.Follow(callee, _model, Caller, ImmutableArray<CallLink>.Empty, target => ReceivedBy(target, carried), static () => false);
        search.Run();
        return search.Found is { } found ? ChainOf(found.Links, found.End, Caller()) : null;

        INamedTypeSymbol? Caller() => TypeAround(callee.Operation, cancellation);
    }

    /// <summary>The flags without which no round trip of a kind is made, and those that switch it off; a bit per parameter.</summary>
    private (ulong IfTrue, ulong IfFalse) FlagsBefore(IMethodSymbol method, RoundTripKind kind, CancellationToken cancellation)
    {
        var (ifTrue, ifFalse) = (0UL, 0UL);
        foreach (var flag in method.Parameters.Where(static parameter => parameter.Type.SpecialType is SpecialType.System_Boolean))
        {
            var bit = ValueFlow.BitOf(flag);
            if (FindAny(method, carried: null, kind, cancellation, new Switches(True: 0, False: bit, Null: 0)) is null)
                ifTrue |= bit;
            if (FindAny(method, carried: null, kind, cancellation, new Switches(True: bit, False: 0, Null: 0)) is null)
                ifFalse |= bit;
        }

        return (ifTrue, ifFalse);
    }

    /// <summary>The constants of its enumeration parameters with which a method makes a round trip of a kind; default where it makes one with each.</summary>
    private ImmutableArray<ChoiceCondition> ChoicesBefore(IMethodSymbol method, RoundTripKind kind, CancellationToken cancellation)
    {
        var conditions = ImmutableArray<ChoiceCondition>.Empty;
        foreach (var parameter in method.Parameters)
        {
            var constants = Choices.ConstantsOf(parameter.Type);
            if (constants.Length is 0 or > MostConstants)
                continue;
            var bit = ValueFlow.BitOf(parameter);
            var making = constants.Where(value => FindAny(method, carried: null, kind, cancellation, new Switches(True: 0, False: 0, Null: 0, default(Choices).And(bit, value))) is not null).ToImmutableArray();
            if (making.Length < constants.Length)
                conditions = conditions.Add(new ChoiceCondition(bit, making, IsOneOf: true));
        }

        return conditions.IsEmpty ? default : conditions;
    }

    private CallChain? FindAny(IMethodSymbol method, ulong? carried, RoundTripKind kind, CancellationToken cancellation, Switches known = default)
    {
        var search = new CallSearch(this, kind, cancellation);
        var bodies = Dispatch.Of(method, cancellation);
        foreach (var body in Uncertain.Is(bodies, static body => body, kind, cancellation) ? ImmutableArray<BodyInSource>.Empty : bodies)
            search.Enter(body, ImmutableArray<CallLink>.Empty, Location.None, ReceivedBy(body, carried), known);
        if (!IsInSource(method))
            search.Enter(method, ImmutableArray<CallLink>.Empty, Location.None, carried, known);
        search.Run();
        return search.Found is { } found ? ChainOf(found.Links, found.End, method.ContainingType) : null;
    }

    /// <summary>A local function or lambda sees the element without receiving it: what it asks for is looked at as if it stood in the loop.</summary>
    private CallChain? BehindClosure(Callee callee, RoundTripKind kind, Func<IOperation, bool> carriesElement, CancellationToken cancellation)
    {
        if (callee.Method.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction))
            return null;
        var search = new CallSearch(this, kind, cancellation);
        var links = ImmutableArray.Create(new CallLink(callee.Method, callee.Operation.Syntax.GetLocation()));
        var caller = TypeAround(callee.Operation, cancellation);
        var summary = SummaryOf(callee.Method, cancellation);
        foreach (var trip in summary.Trips)
        {
            if (trip.Trip.Kind == kind && !trip.IsExpected && carriesElement(trip.Query))
                return ChainOf(links, ChainEnd.At(trip.Trip), caller);
        }

        foreach (var call in summary.Calls)
        {
            search.Follow(call.Callee, _model, () => caller, links, target => ReceivedBy(target, Carried(call.Callee, carriesElement)), () => call.IsExpected);
        }

        search.Run();
        return search.Found is { } found ? ChainOf(found.Links, found.End, caller) : null;
    }

    private static ulong Carried(Callee callee, Func<IOperation, bool> carriesElement)
    {
        var carried = callee.InstanceWithState is { } instance && carriesElement(instance) ? ValueFlow.This : 0;
        foreach (var argument in callee.Arguments)
        {
            if (argument.Parameter is { } parameter && carriesElement(argument.Value))
                carried |= ValueFlow.BitOf(parameter);
        }

        return carried;
    }

    /// <summary>A handler receives the request alone.</summary>
    private static ulong? ReceivedBy(BodyInSource? target, ulong? carried) =>
        target is not { Request: >= 0 and var request } || carried is null ? carried
        : (carried & ValueFlow.BitAt(request)) != 0 ? ValueFlow.BitAt(0)
        : 0;

    private static INamedTypeSymbol? TypeAround(IOperation operation, CancellationToken cancellation) =>
        operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, cancellation) switch
        {
            INamedTypeSymbol type => type,
            { } member => member.ContainingType,
            null => null,
        };

    private CallChain ChainOf(ImmutableArray<CallLink> links, ChainEnd end, INamedTypeSymbol? caller)
    {
        // A diagnostic with a place in a tree of another compilation is an error of its own.
        var locations = ImmutableArray.CreateBuilder<Location>();
        foreach (var place in links.Skip(1).Select(static link => link.CallSite).Concat(end.Trip is { } trip ? [trip.Operation.Syntax.GetLocation()] : []))
        {
            if (place.SourceTree is { } tree && _model.Compilation.ContainsSyntaxTree(tree))
                locations.Add(place);
        }

        return new CallChain(links, end, caller, locations.ToImmutable());
    }
}
