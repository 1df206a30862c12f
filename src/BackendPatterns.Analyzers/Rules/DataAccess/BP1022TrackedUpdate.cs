using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A call of <c>Update</c> for entities that the same context has loaded or been given before. The analyzer and its fix ask the same question.</summary>
/// <param name="Call">The call.</param>
/// <param name="Origin">What made the context track the entities: the load, or the <c>Add</c>.</param>
/// <param name="OriginName">How messages name it.</param>
public sealed record BP1022TrackedUpdate(IInvocationOperation Call, IOperation Origin, string OriginName)
{
    /// <summary>The names without which a member has none.</summary>
    internal static readonly MentionedNames Names = new(["Update", "UpdateRange"]);

    /// <summary>Returns the call that an operation is, or null for another one, and where the context may not track what it is given, or not find its changes by itself.</summary>
    public static BP1022TrackedUpdate? Of(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (operation is not IInvocationOperation { TargetMethod: { Name: "Update" or "UpdateRange" } method, Instance: { } receiver, Arguments: [var argument] } call
            || !method.IsIn("Microsoft.EntityFrameworkCore"))
        {
            return null;
        }

        var context = ContextOf(receiver);
        if (context?.Type is not { } type || argument.Value.Unwrap() is not ILocalReferenceOperation local || model.Entities.Contexts.DetectsChanges(type) is not ContextAnswer.Yes)
            return null;
        var tracked = new TrackedValues(context, model, cancellation);
        if (tracked.OriginOf(local) is not { } origin || !HasDetectableColumns(local.Type, model) || !IsUsedBetween(local) || tracked.MayForget(call))
            return null;
        return new BP1022TrackedUpdate(call, origin, TerminalPlace.Of(origin).Name);
    }

    private static IOperation? ContextOf(IOperation receiver) => receiver.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.Type.Name: "DbSet", Instance: { } context } => context.Unwrap(),
        IInvocationOperation { TargetMethod.Name: "Set", Instance: { } context } => context.Unwrap(),
        var context when context.Type?.Name is not "DbSet" => context,
        _ => null,
    };

    /// <summary>
    /// A value object that is changed in place is only found where its column has a comparer (https://learn.microsoft.com/ef/core/modeling/value-comparers), which is not seen here.
    /// </summary>
    private static bool HasDetectableColumns(ITypeSymbol? type, BackendModel model)
    {
        if ((type.ElementTypeOfSequence() ?? type) is not INamedTypeSymbol row || model.Entities.Find(row) is not { } entity)
            return false;
        foreach (var member in entity.Members)
        {
            if (member is { Kind: EntityMemberKind.Column, Property.Type: { IsReferenceType: true, SpecialType: not SpecialType.System_String } and not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } })
                return false;
        }

        return true;
    }

    /// <summary>A row that nothing is done with is touched on purpose, for a trigger or a version.</summary>
    private static bool IsUsedBetween(ILocalReferenceOperation local)
    {
        foreach (var reference in LocalValues.Around(local).ReferencesTo(local.Local))
        {
            if (reference != local && reference.Syntax.SpanStart < local.Syntax.SpanStart && !IsNullTest(reference) && !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference))
                return true;
        }

        return false;
    }

    private static bool IsNullTest(IOperation reference) => reference.WalkUpValue().Parent is IIsPatternOperation or IBinaryOperation;
}
