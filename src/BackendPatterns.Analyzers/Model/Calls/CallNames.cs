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
    private volatile NameReachability? _suspicion;
    private volatile TypeNames? _types;

    /// <summary>False where no member with this symbol's name can reach a round trip. Local functions and lambdas may: their text is part of a member that was bound already.</summary>
    public bool MayReach(ISymbol member, CancellationToken cancellation)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            return true;
        var name = NameOf(member);
        var reachability = Reachability(cancellation);
        return reachability.MayReach(name) || (RoundTripNames.Dispatches(name) && reachability.MayReach(NameGraph.Handlers));
    }

    /// <summary>False where the text of the member that a body stands in mentions no round trip and nothing that reaches one.</summary>
    public bool MayReach(BodyInSource body, CancellationToken cancellation)
    {
        if (body.Method.IsAbstract || body.Method.DeclaringSyntaxReferences.IsEmpty)
            return false;
        var graph = body.Owner.Calls.Names.Graph(cancellation);
        foreach (var reference in (body.Method.PartialImplementationPart ?? body.Method).DeclaringSyntaxReferences)
        {
            if (Reachability(cancellation).MayReach(graph, TreeIndex.Of(reference.SyntaxTree, cancellation), reference.Span.Start))
                return true;
        }

        return false;
    }

    /// <summary>False where no member with this symbol's name can reach a call that looks like a database read. All may where types are listed by an option.</summary>
    public bool MaySuspect(ISymbol member, CancellationToken cancellation) =>
        member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } || model.SuspectedReads.AreListed || Suspicion(cancellation).MayReach(NameOf(member));

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
        var graphs = Graphs(cancellation);
        lock (_gate)
            return _reachability ??= NameReachability.Over(graphs, static graph => graph.Seeds, cancellation);
    }

    private NameReachability Suspicion(CancellationToken cancellation)
    {
        if (_suspicion is { } known)
            return known;
        var graphs = Graphs(cancellation);
        lock (_gate)
            return _suspicion ??= NameReachability.Over(graphs, static graph => graph.SuspectedSeeds, cancellation);
    }

    private List<NameGraph> Graphs(CancellationToken cancellation)
    {
        var graphs = new List<NameGraph>();
        foreach (var source in sources.Value.All)
            graphs.Add(source.Calls.Names.Graph(cancellation));
        return graphs;
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
