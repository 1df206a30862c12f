using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>Reads the bodies of methods of one compilation, each at most once.</summary>
internal sealed class MethodSummaries(BackendModel model)
{
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Returns what a method's body does; <see cref="MethodSummary.Nothing"/> where there is no body in this compilation.</summary>
    public MethodSummary Of(IMethodSymbol method, CancellationToken cancellation) =>
        _known.TryGetValue(method, out var known) ? known : _known.GetOrAdd(method, Read(method, cancellation));

    private MethodSummary Read(IMethodSymbol method, CancellationToken cancellation)
    {
        if (model.BodyOf(method, cancellation) is not { } root)
            return MethodSummary.Nothing;
        var body = new SummarizedBody(root, method.PartialImplementationPart ?? method, model);
        var trips = ImmutableArray.CreateBuilder<OwnTrip>();
        var calls = ImmutableArray.CreateBuilder<OwnCall>();
        foreach (var operation in Executed(root))
        {
            cancellation.ThrowIfCancellationRequested();
            if (model.DataAccess.Classify(operation) is { } trip)
                trips.Add(new OwnTrip(trip, body));
            else if (MayLead(operation) && Callee.Of(operation, model) is { } callee)
                calls.Add(new OwnCall(callee, body));
            if (operation is IInvocationOperation hidden && model.SuspectedReads.Of(hidden) is { } suspected)
                trips.Add(new OwnTrip(suspected, body));
        }

        return trips.Count == 0 && calls.Count == 0 ? MethodSummary.Nothing : new MethodSummary(trips.ToImmutable(), calls.ToImmutable());
    }

    /// <summary>
    /// The operations that run when the method runs: not the bodies of its local functions, not expression trees, and of its lambdas only those that an
    /// operator calls per item.
    /// </summary>
    private static IEnumerable<IOperation> Executed(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is ILocalFunctionOperation || (current is IAnonymousFunctionOperation lambda && (Loops.IsTranslated(lambda) || PerItemOperators.CallOf(lambda) is null)))
                continue;
            yield return current;
            foreach (var child in current.ChildOperations.Reverse())
                pending.Push(child);
        }
    }

    /// <summary>False for the many operations that lead nowhere: calls into the base library, properties and constructors that no name connects with a round trip.</summary>
    private bool MayLead(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var target } => target.MethodKind is MethodKind.DelegateInvoke || !target.DeclaringSyntaxReferences.IsEmpty || target.IsAbstract || target.IsVirtual || !IsBaseLibrary(target),
        // A property of an interface may be a query in a project that this one does not know.
        IPropertyReferenceOperation { Property: var property } => property is { IsAbstract: true, ContainingType.TypeKind: TypeKind.Interface } || model.Calls.MayReach(property),
        IObjectCreationOperation { Constructor: { } constructor } => model.Calls.MayReach(constructor),
        _ => false,
    };

    private static bool IsBaseLibrary(IMethodSymbol method) =>
        method.ContainingAssembly is { Name: var name } && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib")
        && !DataAccess.RoundTripNames.Dispatches(method.Name);
}
