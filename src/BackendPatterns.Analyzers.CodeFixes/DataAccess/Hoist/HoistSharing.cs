using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// After the rewrite all turns share one answer. A number or a text is the same anyway, and so is a tracked row; a list, a projection and a row that is not tracked were
/// new in each turn, which shows where they are changed or kept.
/// </summary>
public static class HoistSharing
{
    public static bool IsUnobservable(IInvocationOperation call, RoundTrip read, ILoopOperation loop, BackendModel model)
    {
        if (call.Type?.UnwrapTask() is not { } type)
            return false;
        if (IsValue(type))
            return true;
        var isTracked = IsTracked(read, model);
        if (type.ElementTypeOfSequence() is { } element)
            return EachUse(call, loop, (value, _) => IsListRead(value, isTracked || IsValue(element)));
        return isTracked || EachUse(call, loop, (value, _) => IsRowRead(value));
    }

    private static bool IsValue(ITypeSymbol type) => type.IsValueType || type.SpecialType is SpecialType.System_String;

    private static bool IsTracked(RoundTrip read, BackendModel model) =>
        read.Query is { IsComplete: true } query && model.Libraries.EntityFrameworkCore?.IsDbSet(query.Source.Type) == true && query.SourceElementType is { } entity && model.Entities.IsEntity(entity)
        && !query.Has("AsNoTracking") && !query.Has("AsNoTrackingWithIdentityResolution") && !query.Has("Select") && !query.Has("SelectMany") && !query.Has("GroupBy") && !query.Has("Join")
        && (query.Has("AsTracking") || !CompilationText.Mentions(model.Compilation, "QueryTrackingBehavior"));

    /// <summary>The value itself, or every mention of the one variable that it is put into.</summary>
    private static bool EachUse(IInvocationOperation call, ILoopOperation loop, Func<IOperation, ILoopOperation, bool> isRead)
    {
        var value = call.WalkUpValue();
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
            return isRead(value, loop);
        return !loop.Assigns(local) && LocalValues.Around(loop).ReferencesTo(local).All(reference => isRead(reference.WalkUpValue(), loop));
    }

    private static bool IsRowRead(IOperation row) => row.Parent switch
    {
        IPropertyReferenceOperation { Property.Type: var type } member => member.Instance == row && IsValue(type) && !member.IsWritten(),
        IConditionalAccessOperation access => access.Operation == row && access.Type is { } type && IsValue(type),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => true,
        _ => false,
    };

    private static bool IsListRead(IOperation list, bool hasSharedItems) => list.Parent switch
    {
        IPropertyReferenceOperation { Property: { Name: "Count" or "Length" } } => true,
        IForEachLoopOperation each => each.Collection == list && (hasSharedItems || each.Locals.All(item => IsRowReadEverywhere(item, each))),
        IPropertyReferenceOperation { Property.IsIndexer: true } item => item.Instance == list && !item.IsWritten() && (hasSharedItems || IsRowRead(item)),
        IInvocationOperation { TargetMethod: { Name: "Contains" or "IndexOf", ContainingNamespace: var space } } call => call.Instance == list && space.IsBelow("System.Collections"),
        IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: var method, Type: { } type } call } =>
            method.IsIn("System.Linq") && (IsValue(type) || (hasSharedItems && IsSharedResult(call, type))),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        _ => false,
    };

    private static bool IsRowReadEverywhere(ILocalSymbol item, IForEachLoopOperation loop) =>
        LocalValues.Around(loop).ReferencesTo(item).All(static place => place is ILocalReferenceOperation { IsDeclaration: true } || IsRowRead(place.WalkUpValue()));

    /// <summary>One of the rows, or a new collection made from them.</summary>
    private static bool IsSharedResult(IInvocationOperation call, ITypeSymbol type) =>
        type.ElementTypeOfSequence() is null || call.TargetMethod.Name is "ToList" or "ToArray" or "ToDictionary" or "ToHashSet" or "ToLookup" or "Where" or "Select" or "OrderBy" or "OrderByDescending" or "Take";
}
