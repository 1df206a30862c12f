using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// What the database generates for a new row is needed before the next element: its key is read after the save, or the row is handed on.
/// </summary>
public static class GeneratedKeys
{
    private static readonly string[] LookupPrefixes = ["Get", "Find", "First", "Single", "Last", "Load", "Fetch", "Read", "ElementAt", "Max", "Min", "TryGet"];

    /// <summary>True where code after the call, in the same region, needs the key of a row that the region made or added.</summary>
    public static bool AreReadAfter(CallSite site, BackendModel model)
    {
        if (site.Loop is not null && site.Call is IInvocationOperation call && model.DataAccess.Classify(call) is null && IsResultNeeded(call))
            return true;
        foreach (var operation in site.Region.DescendantsAndSelf())
        {
            if (operation.Syntax.SpanStart >= site.Call.Syntax.Span.End && operation is ILocalReferenceOperation or IParameterReferenceOperation
                && NeedsKey(operation, model) && IsNew(operation, site.Region))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a callee gives back, beyond whether it worked and how many rows it wrote, may be what the database generated.</summary>
    private static bool IsResultNeeded(IInvocationOperation call)
    {
        if (CountsRows(call) || call.Type?.UnwrapTask() is not { SpecialType: not (SpecialType.System_Void or SpecialType.System_Boolean) } type || type.IsTask() || type.Name is "IdentityResult")
            return false;
        return call.WalkUpValue().Parent is { } parent and not IExpressionStatementOperation
               && parent is not ISimpleAssignmentOperation { Target: IDiscardOperation };
    }

    /// <summary>The number of rows that a save or a statement wrote.</summary>
    private static bool CountsRows(IInvocationOperation call) =>
        call.Type?.UnwrapTask().SpecialType is SpecialType.System_Int32
        && (call.TargetMethod.Name.StartsWith("Save", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal)
            || call.TargetMethod.Name.StartsWith("Commit", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Complete", StringComparison.Ordinal));

    private static bool NeedsKey(IOperation reference, BackendModel model)
    {
        var value = reference.WalkUpValue();
        return value.Parent switch
        {
            IPropertyReferenceOperation { Property: var property } member => member.Instance == value && IsKey(property, model),
            IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation { Property: var property } } access => access.Operation == value && IsKey(property, model),
            IArgumentOperation { Parent: IInvocationOperation call } => !IsKept(call),
            IArgumentOperation { Parent: IObjectCreationOperation } => true,
            IReturnOperation { Kind: OperationKind.YieldReturn } => true,
            _ => false,
        };
    }

    private static bool IsKey(IPropertySymbol property, BackendModel model) =>
        property.Name.Equals("Id", StringComparison.OrdinalIgnoreCase) || property.Name == property.ContainingType.Name + "Id"
        || model.Entities.Find(property.ContainingType)?.Key.Contains(property.Name) == true;

    /// <summary>A list or the change tracker keeps the row; neither asks for its key now.</summary>
    private static bool IsKept(IInvocationOperation call) =>
        call.TargetMethod.ContainingNamespace.IsBelow("System.Collections") || call.TargetMethod.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore")
        || call.TargetMethod.ContainingNamespace.IsBelow("System.Linq");

    private static bool IsNew(IOperation reference, IOperation region)
    {
        var symbol = reference.ReferencedSymbol()!;
        var values = LocalValues.Around(reference);
        if (symbol is ILocalSymbol { Type: { IsReferenceType: true } type } && IsDeclaredIn(symbol, region))
        {
            foreach (var value in values.WritesTo(symbol))
            {
                if (value is not null && IsMade(value, type))
                    return true;
            }
        }

        return values.ReferencesTo(symbol).Any(place => place.IsWithin(region) && IsAdded(place));
    }

    private static bool IsMade(IOperation value, ITypeSymbol type)
    {
        if (value.UnwrapAwait() is IInvocationOperation { TargetMethod.Name: var name })
            return !LookupPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        return value.DescendantsAndSelf().Any(part => part is IObjectCreationOperation creation && SymbolEqualityComparer.Default.Equals(creation.Type, type));
    }

    private static bool IsAdded(IOperation place) =>
        place.WalkUpValue().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } }
        && (method.Name.StartsWith("Add", StringComparison.Ordinal) || method.Name.StartsWith("Insert", StringComparison.Ordinal) || method.Name.StartsWith("Create", StringComparison.Ordinal))
        && !method.ContainingNamespace.IsBelow("System");

    private static bool IsDeclaredIn(ISymbol local, IOperation region) =>
        local.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == region.Syntax.SyntaxTree && region.Syntax.Span.Contains(declaration.Span);
}
