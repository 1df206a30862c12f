using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>A write that an endpoint makes, itself or behind calls.</summary>
/// <param name="Name">The round trip, or the chain that leads to it, as messages name it.</param>
/// <param name="Places">The write in the endpoint, then each link of the chain.</param>
internal sealed record BP3001StateChange(string Name, ImmutableArray<Location> Places)
{
    private const int MostOperations = 20_000;

    private static readonly string[] Reads =
    [
        "Get", "Find", "List", "Search", "Count", "Any", "Exists", "Is", "Has", "Can", "Read", "Load", "Query", "Fetch", "First", "Single", "Select", "To", "As", "Map", "Format", "Translate", "Parse", "Compute",
        "Calculate", "Contains", "Include", "Where", "Order", "Project", "Resolve", "Lookup", "Retrieve", "Export", "Try",
    ];

    /// <summary>Returns the first write of an endpoint that is no bookkeeping and does not create what is missing; null where there is none, or too little is known.</summary>
    public static BP3001StateChange? In(HandlerBody handler, BackendModel model, CancellationToken cancellation)
    {
        if ((model.Calls.KindsAround(handler.Body.Syntax, cancellation) & NameTraits.Writes) == 0)
            return null;
        foreach (var operation in Executed(handler.Body))
        {
            cancellation.ThrowIfCancellationRequested();
            if (operation is not (IInvocationOperation or IMethodReferenceOperation))
                continue;
            if (model.DataAccess.Classify(operation) is { } trip)
            {
                if (trip.Kind is RoundTripKind.DatabaseWrite && !IsMeant([operation], ImmutableArray<CallLink>.Empty, trip.Name, handler, model, cancellation))
                    return new BP3001StateChange(trip.Name, ImmutableArray.Create(operation.Syntax.GetLocation()));
            }
            else if (!IsNamedAsRead(operation) && (model.Calls.KindsBehind(operation, cancellation) & NameTraits.Writes) != 0 && model.Calls.RoundTripBehind(operation, RoundTripKind.DatabaseWrite, cancellation) is { } chain
                     && !IsMeant(SitesOf(operation, chain, model), chain.Links, chain.End.Name, handler, model, cancellation))
            {
                return new BP3001StateChange(chain.Text, chain.Locations.Insert(0, operation.Syntax.GetLocation()));
            }
        }

        return null;
    }

    /// <summary>
    /// What is named after reading is taken at its word: every GET endpoint calls such methods, and to see that they do not write, most of an application would have to be bound.
    /// A method that is handed a query to dispatch is one of them.
    /// </summary>
    private static bool IsNamedAsRead(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method, Arguments: var arguments } =>
            NameWords.StartsWithAny(method.Name, Reads) || (RoundTripNames.Dispatches(method.Name) && arguments.Length > 0 && arguments[0].Value.Unwrap().Type is { Name: var request }
                && (NameWords.StartsWithAny(request, Reads) || request.EndsWith("Query", StringComparison.Ordinal))),
        IMethodReferenceOperation { Method.Name: var name } => NameWords.StartsWithAny(name, Reads),
        _ => true,
    };

    private static bool IsMeant(IReadOnlyList<IOperation> sites, ImmutableArray<CallLink> links, string end, HandlerBody handler, BackendModel model, CancellationToken cancellation)
    {
        // What begins a transaction may only read in it.
        if (end.IndexOf("BeginTransaction", StringComparison.Ordinal) >= 0 || OneOff.Is(handler.Method))
            return true;
        foreach (var link in links)
        {
            if (Bookkeeping.IsNamed(link.Method) || (link.Names is { } names && Bookkeeping.IsNamed(names)) || OneOff.Is(link.Method))
                return true;
        }

        foreach (var site in sites)
        {
            if (CreatedWhenMissing.Is(site) || ReadThroughCache.Guards(site, site.Root()))
                return true;
        }

        return Bookkeeping.IsAllThatIsWritten(sites, handler.Method, model, cancellation);
    }

    /// <summary>The places on the way that this compilation can see: the call, the calls of its chain, the write.</summary>
    private static List<IOperation> SitesOf(IOperation call, CallChain chain, BackendModel model)
    {
        var sites = new List<IOperation> { call };
        for (var i = 1; i < chain.Links.Length; i++)
        {
            if (OperationAt(chain.Links[i].CallSite, model) is { } inner)
                sites.Add(inner);
        }

        if (chain.End.Trip is { Operation: var write } && model.Compilation.ContainsSyntaxTree(write.Syntax.SyntaxTree))
            sites.Add(write);
        return sites;
    }

    private static IOperation? OperationAt(Location place, BackendModel model) =>
        place.SourceTree is { } tree && model.SemanticModelOf(tree) is { } semantics
            ? semantics.GetOperation(tree.GetRoot().FindNode(place.SourceSpan, getInnermostNodeForTie: true))
            : null;

    /// <summary>What runs when the endpoint runs: not its local functions, and of its lambdas those that an operator or an execution strategy calls.</summary>
    private static IEnumerable<IOperation> Executed(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        for (var visited = 0; pending.Count > 0 && visited < MostOperations; visited++)
        {
            var current = pending.Pop();
            if (current is ILocalFunctionOperation || (current is IAnonymousFunctionOperation lambda && !IsCalled(lambda)))
                continue;
            yield return current;
            foreach (var child in current.ChildOperations.Reverse())
                pending.Push(child);
        }
    }

    private static bool IsCalled(IAnonymousFunctionOperation lambda) =>
        PerItemOperators.CallOf(lambda) is not null
        || lambda.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Execute" or "ExecuteAsync" or "ExecuteInTransaction" or "ExecuteInTransactionAsync" } method } }
           && method.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore");
}
