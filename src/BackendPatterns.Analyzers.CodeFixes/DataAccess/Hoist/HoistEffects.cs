using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Whether everything in a loop leaves the answer of its query alone. Code that cannot be read counts as code that does not.</summary>
public sealed class HoistEffects(ILoopOperation loop, IInvocationOperation query, BackendModel model, CancellationToken cancellationToken)
{
    private const int MostBodies = 30;

    private readonly HashSet<IMethodSymbol> _read = new(SymbolEqualityComparer.Default);

    public bool LeaveAnswerAlone()
    {
        var pending = new Stack<IOperation>();
        pending.Push(loop);
        while (pending.Count > 0)
        {
            foreach (var operation in pending.Pop().DescendantsAndSelf())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (operation.IsWithin(query))
                    continue;
                switch (operation)
                {
                    case IInvocationOperation call when !IsHarmless(call, pending):
                    case IDynamicInvocationOperation or IFunctionPointerInvocationOperation or IReturnOperation { Kind: OperationKind.YieldReturn }:
                    case IObjectCreationOperation { Constructor: { } constructor } when HarmlessCode.MakesCalls(constructor):
                    case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } when property.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"):
                        return false;
                }
            }
        }

        return true;
    }

    private bool IsHarmless(IInvocationOperation call, Stack<IOperation> pending)
    {
        if (model.DataAccess.Classify(call) is { } trip)
            return trip.Kind is RoundTripKind.DatabaseRead or RoundTripKind.Cache;
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return false;
        var space = method.ContainingNamespace;
        if (space.IsBelow("Microsoft.EntityFrameworkCore"))
            return IsKnown(method);
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return IsKnownSpace(space);
        if (method.IsAbstract || method.IsVirtual || method.IsOverride || method.ContainingType.TypeKind is TypeKind.Interface || _read.Count == MostBodies)
            return false;
        if (!_read.Add(method.OriginalDefinition))
            return true;
        if (model.BodyOf(method, cancellationToken) is not { } body)
            return false;
        pending.Push(body);
        return true;
    }

    /// <summary>Query operators, and changes that wait for a save: until then the database answers as before.</summary>
    private static bool IsKnown(IMethodSymbol method) =>
        method.ContainingType.Name is "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" or "DbFunctions" or "DbFunctionsExtensions" or "RelationalDbFunctionsExtensions"
        || (method.ContainingType.Name is "DbContext" or "DbSet" && method.Name is "Set" or "AsQueryable" or "AsAsyncEnumerable" or "Add" or "AddAsync" or "AddRange" or "AddRangeAsync" or "Remove" or "RemoveRange");

    private static bool IsKnownSpace(INamespaceSymbol space) =>
        (space.IsBelow("System") && !space.IsBelow("System.Data") && !space.IsBelow("System.Net")) || space.IsBelow("Microsoft.Extensions.Logging") || space.IsBelow("Microsoft.AspNetCore.Http");
}
