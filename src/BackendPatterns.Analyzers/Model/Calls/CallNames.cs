using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls.Facts;
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
    private int _indexed;
    private readonly ConcurrentDictionary<IMethodSymbol, NameTraits> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, NameTraits> _members = new(SymbolEqualityComparer.Default);

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
        var name = NameOf(member);
        var kinds = KindsBehind(name, cancellation);
        return kinds is NameTraits.None || RoundTripNames.Dispatches(name) ? kinds : kinds & KindsOf(member, cancellation);
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

    /// <summary>
    /// What is called is often the one body that runs: then its own text counts, not that of its namesakes. All kinds where another body may run in its place, or where it is not in this
    /// compilation.
    /// </summary>
    private NameTraits KindsOf(ISymbol member, CancellationToken cancellation)
    {
        member = ((member as IMethodSymbol)?.ReducedFrom ?? member).OriginalDefinition;
        return _members.TryGetValue(member, out var known) ? known : _members.GetOrAdd(member, KindsOfText(member, cancellation));
    }

    private NameTraits KindsOfText(ISymbol member, CancellationToken cancellation)
    {
        if (member is not (IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet } or IPropertySymbol)
            || member.IsVirtual || member.IsAbstract || member.IsOverride || member.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct })
        {
            return NameTraits.MayLeave;
        }

        if (FrameworkAssemblies.Contain(member.ContainingAssembly))
            return NameTraits.None;
        if (!SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, model.Compilation.Assembly))
            return NameTraits.MayLeave;
        return KindsOfDeclaration(member, Graph(cancellation), cancellation);
    }

    /// <summary>Returns the kinds of round trips that the text of the member that a body stands in mentions, itself or by the names of others.</summary>
    public NameTraits KindsBehind(BodyInSource body, CancellationToken cancellation)
    {
        if (body.Method.IsAbstract)
            return NameTraits.None;
        if (!AreTrusted)
            return NameTraits.MayLeave;
        return _bodies.TryGetValue(body.Method, out var known) ? known : _bodies.GetOrAdd(body.Method, KindsOfDeclaration(body.Method, body.Owner.Calls.Names.Graph(cancellation), cancellation));
    }

    /// <summary>Returns the kinds of round trips that the text of the member around a place of this compilation mentions, itself or by the names of others.</summary>
    public NameTraits KindsAround(SyntaxNode place, CancellationToken cancellation) =>
        AreTrusted
            ? KindsAt(place.SyntaxTree, place.SpanStart, Graph(cancellation), cancellation) | Listed
            : NameTraits.MayLeave;

    /// <summary>What the text of a member in source mentions; of a partial method, that of the part with the body.</summary>
    private NameTraits KindsOfDeclaration(ISymbol member, NameGraph graph, CancellationToken cancellation)
    {
        var kinds = Listed;
        foreach (var reference in ((member as IMethodSymbol)?.PartialImplementationPart ?? member).DeclaringSyntaxReferences)
            kinds |= KindsAt(reference.SyntaxTree, reference.Span.Start, graph, cancellation);
        return kinds;
    }

    private NameTraits KindsAt(SyntaxTree tree, int position, NameGraph graph, CancellationToken cancellation) =>
        Reachability(cancellation).KindsBehind(graph, TreeIndex.Of(tree, cancellation), position);

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

        IndexTrees(cancellation);
        lock (_gate)
            return _graph ??= NameGraph.Of(model.Compilation, references, facts.MemberNames, cancellation);
    }

    /// <summary>Everybody who asks early shares the work, two thirds of that of the graph, instead of waiting for the first one. What is left out here the graph itself asks for.</summary>
    private void IndexTrees(CancellationToken cancellation)
    {
        var trees = model.Compilation.SyntaxTrees.ToImmutableArray();
        for (var next = Interlocked.Increment(ref _indexed) - 1; next < trees.Length; next = Interlocked.Increment(ref _indexed) - 1)
            TreeIndex.Of(trees[next], cancellation);
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
