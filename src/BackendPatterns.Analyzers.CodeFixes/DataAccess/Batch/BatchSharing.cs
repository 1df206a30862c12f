using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// After the rewrite two items with the same key share one row object. A tracking query shares it anyway; a no-tracking query made a new
/// one per turn, which shows where the rows are changed or kept. So does a projection.
/// </summary>
public static class BatchSharing
{
    public static bool IsUnobservable(BatchQuery query, BatchLoop loop, BackendModel model)
    {
        if (query.IsCounted || IsTracked(query, model) || HasUniqueKeys(loop) || HasNoIdentity(query.Projection?.Symbol.ReturnType))
            return true;
        if (query.Enumeration is { Locals: [var each] } enumeration)
            return !enumeration.Assigns(each) && IsReadOnly(each, loop);
        var value = query.Call.WalkUpValue();
        if (IsReadOnly(value))
            return true;
        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var row } }
               && !loop.Assigns(row) && IsReadOnly(row, loop);
    }

    private static bool IsReadOnly(ISymbol row, BatchLoop loop) => LocalValues.Around(loop.Operation).ReferencesTo(row).All(IsReadOnly);

    /// <summary>Equal texts and equal values are the same; a list of them is made per turn, as before.</summary>
    private static bool HasNoIdentity(ITypeSymbol? projected) =>
        projected is { IsValueType: true } or { SpecialType: SpecialType.System_String };

    private static bool IsTracked(BatchQuery query, BackendModel model)
    {
        if (query.Projection is not null || query.Has("AsNoTracking") || query.Has("AsNoTrackingWithIdentityResolution"))
            return false;
        return query.IsFind || query.Has("AsTracking") || !CompilationText.Mentions(model.Compilation, "QueryTrackingBehavior");
    }

    /// <summary>The key is the item's own <c>Id</c>: no two items of a list of rows have the same.</summary>
    private static bool HasUniqueKeys(BatchLoop loop) => loop.ItemKey is IPropertyReferenceOperation { Property.Name: "Id" };

    /// <summary>A member of the row is read, or the row is compared with null; the object itself goes nowhere.</summary>
    private static bool IsReadOnly(IOperation row)
    {
        var value = row.WalkUpValue();
        return value.Parent switch
        {
            IMemberReferenceOperation member => member.Instance == value && !IsTarget(member) && HasNoIdentity(member.Type),
            IConditionalAccessOperation access => access.Operation == value && HasNoIdentity(access.Type),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
            IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => true,
            _ => false,
        };
    }

    private static bool IsTarget(IMemberReferenceOperation member) =>
        member.Parent is IAssignmentOperation assignment ? assignment.Target == member : member.Parent is IIncrementOrDecrementOperation;
}
