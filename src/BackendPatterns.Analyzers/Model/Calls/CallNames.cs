using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// What names alone say about one compilation: the first stage of every question about calls. Computed at the first question, by one thread; a computation that is
/// cancelled is not kept.
/// </summary>
internal sealed class CallNames(BackendModel model, IForeignFacts facts, Lazy<SourceModels> sources)
{
    private readonly object _gate = new();
    private volatile NameGraph? _graph;
    private volatile NameReachability? _reachability;
    private volatile TypeNames? _types;
    private readonly ConcurrentDictionary<IMethodSymbol, NameTraits> _bodies = new(SymbolEqualityComparer.Default);

    /// <summary>False lets every question through to the second stage: for tests of the promise that names never hide what binding finds.</summary>
    public bool AreTrusted { get; set; } = true;

    /// <summary>
    /// Returns the kinds of round trips that a member with this symbol's name may reach. Local functions and lambdas may reach all: their text is part of a member that was
    /// bound already.
    /// </summary>
    public NameTraits KindsBehind(ISymbol member, CancellationToken cancellation)
    {
        if (!AreTrusted || member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            return NameTraits.MayLeave;
        return KindsBehind(NameOf(member), cancellation);
    }

    /// <summary>The same for a name; a constructor goes by the name of its type.</summary>
    public NameTraits KindsBehind(string name, CancellationToken cancellation)
    {
        if (!AreTrusted)
            return NameTraits.MayLeave;
        var reachability = Reachability(cancellation);
        var kinds = reachability.KindsBehind(name) | Listed;
        return RoundTripNames.Dispatches(name) ? kinds | reachability.KindsBehind(NameGraph.Handlers) : kinds;
    }

    /// <summary>Returns the kinds of round trips that the text of the member that a body stands in mentions, itself or by the names of others.</summary>
    public NameTraits KindsBehind(BodyInSource body, CancellationToken cancellation)
    {
        if (body.Method.IsAbstract)
            return NameTraits.None;
        if (!AreTrusted)
            return NameTraits.MayLeave;
        return _bodies.TryGetValue(body.Method, out var known) ? known : _bodies.GetOrAdd(body.Method, KindsIn(body, cancellation));
    }

    private NameTraits KindsIn(BodyInSource body, CancellationToken cancellation)
    {
        var kinds = Listed;
        var graph = body.Owner.Calls.Names.Graph(cancellation);
        foreach (var reference in (body.Method.PartialImplementationPart ?? body.Method).DeclaringSyntaxReferences)
            kinds |= Reachability(cancellation).KindsBehind(graph, TreeIndex.Of(reference.SyntaxTree, cancellation), reference.Span.Start);
        return kinds;
    }

    /// <summary>Types that an option lists have any name.</summary>
    private NameTraits Listed => model.SuspectedReads.AreListed ? NameTraits.Suspected : NameTraits.None;

    /// <summary>The types of this compilation by their base lists.</summary>
    public TypeNames Types(CancellationToken cancellation)
    {
        if (_types is { } known)
            return known;
        lock (_gate)
            return _types ??= TypeNames.In(model, cancellation);
    }

    private NameGraph Graph(CancellationToken cancellation)
    {
        if (_graph is { } known)
            return known;
        // Projects do not reference each other in circles, so neither do these locks.
        var references = new List<NameGraph>();
        foreach (var source in sources.Value.All)
        {
            if (source != model)
                references.Add(source.Calls.Names.Graph(cancellation));
        }

        lock (_gate)
            return _graph ??= NameGraph.Of(model.Compilation, references, facts.MemberNames, cancellation);
    }

    private NameReachability Reachability(CancellationToken cancellation)
    {
        if (_reachability is { } known)
            return known;
        var graphs = new List<NameGraph>();
        foreach (var source in sources.Value.All)
            graphs.Add(source == model ? Graph(cancellation) : source.Calls.Names.Graph(cancellation));
        lock (_gate)
            return _reachability ??= NameReachability.Over(graphs, cancellation);
    }

    private static string NameOf(ISymbol member)
    {
        if (member is IMethodSymbol method)
        {
            if (method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor)
                return method.ContainingType.Name;
            member = method.AssociatedSymbol ?? method;
        }

        if (member is IPropertySymbol { IsIndexer: true })
            return TreeIndex.Indexer;
        // An explicit implementation is called "Shop.IOrders.Find".
        var name = member.Name;
        var dot = name.LastIndexOf('.');
        return dot < 0 ? name : name.Substring(dot + 1);
    }
}
