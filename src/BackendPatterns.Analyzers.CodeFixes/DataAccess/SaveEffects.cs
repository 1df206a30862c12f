using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// Whether a loop does the same when it saves once in the end. Everything in it must be of a known kind: plain values are set, new rows are added, rows are found by
/// their key. What asks the database otherwise, reads a generated key, leaves the loop, or cannot be read, needs the saves where they are.
/// </summary>
public sealed class SaveEffects(ILoopOperation loop, ISymbol context, BackendModel model, CancellationToken cancellationToken)
{
    private readonly LocalValues _values = LocalValues.Around(loop);

    /// <summary>True where all changes stand in the block of the last save and before it, and none of what the loop does depends on an earlier save.</summary>
    public bool AllowOneSave(BlockSyntax block, ExpressionStatementSyntax last)
    {
        var firstChange = int.MaxValue;
        foreach (var operation in loop.Body.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kind = KindOf(operation);
            if (kind is Kind.Unknown)
                return false;
            var position = operation.Syntax.SpanStart;
            if (kind is Kind.Change)
            {
                if (!block.Span.Contains(operation.Syntax.Span) || position > last.SpanStart)
                    return false;
                firstChange = Math.Min(firstChange, position);
            }
            else if (position > last.Span.End && IsRow(operation))
            {
                return false;
            }
        }

        return firstChange != int.MaxValue && !loop.Body.DescendantsAndSelf().Any(operation => operation is IBranchOperation && operation.Syntax.SpanStart > firstChange);
    }

    /// <summary>True where the method changes nothing before the loop, so that without any element there is nothing to save.</summary>
    public bool NothingIsPendingBefore()
    {
        var isNested = Loops.Enclosing(loop).Length > 0;
        foreach (var operation in (loop.EnclosingFunction() ?? loop.Root()).DescendantsAndSelf())
        {
            if (!operation.IsWithin(loop) && (isNested || operation.Syntax.SpanStart < loop.Syntax.SpanStart) && IsPending(operation))
                return false;
        }

        return true;
    }

    private enum Kind
    {
        /// <summary>Does nothing that a save could see.</summary>
        Quiet,

        /// <summary>Something that the next save writes.</summary>
        Change,

        /// <summary>Anything else.</summary>
        Unknown,
    }

    private Kind KindOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => KindOf(call),
        ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation } assignment => KindOfInitialized(assignment),
        IAssignmentOperation assignment => KindOfTarget(assignment.Target),
        IIncrementOrDecrementOperation step => KindOfTarget(step.Target),
        IPropertyReferenceOperation member => IsGenerated(member) ? Kind.Unknown : Kind.Quiet,
        IObjectCreationOperation { Constructor: { } constructor } => HarmlessCode.MakesCalls(constructor) ? Kind.Unknown : Kind.Quiet,
        IBranchOperation { BranchKind: BranchKind.Continue } => Kind.Quiet,
        IReturnOperation => operation.EnclosingFunction() is IAnonymousFunctionOperation lambda && lambda.IsWithin(loop) ? Kind.Quiet : Kind.Unknown,
        IBranchOperation or IThrowOperation or ITryOperation or IUsingOperation or IUsingDeclarationOperation or ILockOperation or ILocalFunctionOperation => Kind.Unknown,
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IEventAssignmentOperation or IFunctionPointerInvocationOperation or IInvalidOperation => Kind.Unknown,
        IForEachLoopOperation inner when inner != loop => model.DataAccess.Classify(inner) is null ? Kind.Quiet : Kind.Unknown,
        _ => Kind.Quiet,
    };

    private Kind KindOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.Name is "SaveChanges" or "SaveChangesAsync" && SymbolEqualityComparer.Default.Equals(call.Instance.ReferencedSymbol(), context))
            return Kind.Quiet;
        if (model.DataAccess.Classify(call) is { } trip)
            return trip.Kind is RoundTripKind.DatabaseRead && IsFoundByKey(call) ? Kind.Quiet : Kind.Unknown;
        if (method.ContainingType.Name is "DbSet" or "DbContext" && method.ContainingNamespace.Is("Microsoft.EntityFrameworkCore"))
            return KindOfTracking(call);
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return Kind.Unknown;
        var space = method.ContainingNamespace;
        if (space.IsBelow("System.Collections") && method.Name is "Add" or "AddRange" or "TryAdd")
            return IsRow(call.Arguments[call.Arguments.Length - 1].Value) && !IsMadeInTurn(call.Arguments[call.Arguments.Length - 1].Value) ? Kind.Unknown : Kind.Change;
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return IsHarmless(space) && !ChangesCollection(method) ? Kind.Quiet : Kind.Unknown;
        return IsPlainChange(call) ? Kind.Change : Kind.Unknown;
    }

    private static bool IsHarmless(INamespaceSymbol space) =>
        (space.IsBelow("System") && !space.IsBelow("System.IO") && !space.IsBelow("System.Net") && !space.IsBelow("System.Data")) || space.IsBelow("Microsoft.Extensions.Logging");

    private static bool ChangesCollection(IMethodSymbol method) =>
        method.ContainingNamespace.IsBelow("System.Collections") && (method.Name.StartsWith("Remove", StringComparison.Ordinal) || method.Name is "Clear" or "Insert" or "Sort" or "Reverse");

    /// <summary>A new row is added; a row that this context knows is updated; a row of a list that it loaded is removed.</summary>
    private Kind KindOfTracking(IInvocationOperation call)
    {
        if (call.Arguments is not [{ Value: var row }, ..])
            return call.TargetMethod.Name is "Set" ? Kind.Quiet : Kind.Unknown;
        var isAllowed = call.TargetMethod.Name switch
        {
            "Add" or "AddAsync" => IsMadeInTurn(row),
            "Update" => IsTracked(row),
            "Remove" => IsElement(row) && IsLoaded((loop as IForEachLoopOperation)?.Collection),
            _ => false,
        };
        return isAllowed ? Kind.Change : Kind.Unknown;
    }

    private bool IsElement(IOperation row) =>
        loop is IForEachLoopOperation each && row.ReferencedSymbol() is ILocalSymbol local && each.Locals.Contains(local, SymbolEqualityComparer.Default);

    private bool IsTracked(IOperation row) =>
        IsElement(row) ? IsLoaded((loop as IForEachLoopOperation)?.Collection)
        : row.Unwrap() is ILocalReferenceOperation { Local: var local }
          && _values.OnlyValueOf(local)?.UnwrapAwait() is IInvocationOperation { TargetMethod.Name: "Find" or "FindAsync" } find && find.IsWithin(loop);

    /// <summary>A local list of rows that this method loads with tracking, each of them once.</summary>
    private bool IsLoaded(IOperation? sequence)
    {
        if (sequence?.Unwrap() is not ILocalReferenceOperation { Local: var local }
            || _values.OnlyValueOf(local)?.UnwrapAwait() is not IInvocationOperation { TargetMethod.Name: "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" } load)
        {
            return false;
        }

        return model.DataAccess.Classify(load)?.Query is { IsComplete: true } query
               && query.Operators.All(step => step.TargetMethod.Name is "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Include" or "ThenInclude" or "Take" or "Skip")
               && model.Libraries.EntityFrameworkCore?.IsDbSet(query.Source.Type) == true && !CompilationText.Mentions(model.Compilation, "QueryTrackingBehavior");
    }

    private bool IsMadeInTurn(IOperation row) => row.Unwrap() switch
    {
        IObjectCreationOperation => true,
        ILocalReferenceOperation { Local: var local } => _values.OnlyValueOf(local) is { } value && value.Unwrap() is IObjectCreationOperation && value.IsWithin(loop.Body),
        _ => false,
    };

    /// <summary>
    /// The change tracker answers with the same row whether it was saved or not: the query names nothing but the key, no filter is added to it, and no row of the type
    /// comes or goes.
    /// </summary>
    private bool IsFoundByKey(IInvocationOperation call) =>
        BatchQuery.Of(call, model) is { Operators.IsEmpty: true, Projection: null, Result: BatchResult.RowOrNull } query
        && (query.IsFind || (query.Equality?.Parent is LambdaExpressionSyntax && !CompilationText.Mentions(model.Compilation, "HasQueryFilter")))
        && !loop.Body.DescendantsAndSelf().Any(operation => operation switch
        {
            IObjectCreationOperation { Type: { } made } => made.IsOrDerivesFrom(query.Row),
            IInvocationOperation { TargetMethod: { Name: "Remove", ContainingType.Name: "DbSet" or "DbContext" } } => true,
            _ => false,
        });

    private Kind KindOfInitialized(ISimpleAssignmentOperation assignment) => assignment.Value.Type is { } type && !IsEntity(type) ? Kind.Quiet : Kind.Unknown;

    private Kind KindOfTarget(IOperation target) => target.Unwrap() switch
    {
        ILocalReferenceOperation { Local: { Type: var type } local } => IsEntity(type) && !IsDeclaredInLoop(local) ? Kind.Unknown : Kind.Quiet,
        IParameterReferenceOperation { Parameter.Type: var type } => IsEntity(type) ? Kind.Unknown : Kind.Quiet,
        IDiscardOperation => Kind.Quiet,
        IFieldReferenceOperation { Field.Type: var type } => IsPlainValue(type) ? Kind.Change : Kind.Unknown,
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } => IsPlainValue(property.Type) && !IsKeyName(property.Name) && !HasSetterCode(property) ? Kind.Change : Kind.Unknown,
        _ => Kind.Unknown,
    };

    private bool IsDeclaredInLoop(ILocalSymbol local) => local.DeclaringSyntaxReferences is [var declaration] && loop.Syntax.Span.Contains(declaration.Span);

    private static bool IsPlainValue(ITypeSymbol type) => type.IsValueType || type.SpecialType is SpecialType.System_String;

    private static bool HasSetterCode(IPropertySymbol property) =>
        property.IsAbstract || property.ContainingType.TypeKind is TypeKind.Interface
        || property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors }
            && accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null));

    /// <summary>A method of the row itself that only sets its own values, such as <c>order.Close()</c>.</summary>
    private bool IsPlainChange(IInvocationOperation call)
    {
        if (call.Instance?.Unwrap() is not ILocalReferenceOperation || call.TargetMethod is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } || call.Instance.Type is not { } type || !IsEntity(type))
            return false;
        return model.BodyOf(call.TargetMethod, cancellationToken) is { } body && body.Descendants().All(operation => operation switch
        {
            IInvocationOperation { TargetMethod: var inner } => inner.DeclaringSyntaxReferences.IsEmpty && IsHarmless(inner.ContainingNamespace) && !inner.ContainingNamespace.IsBelow("System.Collections"),
            IAssignmentOperation assignment => KindOfTarget(assignment.Target) is not Kind.Unknown,
            IIncrementOrDecrementOperation step => KindOfTarget(step.Target) is not Kind.Unknown,
            IPropertyReferenceOperation { Property.Name: var name } => !IsKeyName(name),
            IThrowOperation or IObjectCreationOperation or ITryOperation or IDynamicInvocationOperation or IAwaitOperation => false,
            _ => true,
        });
    }

    /// <summary>A key that the database may not have generated yet: one of a row other than the element, a row that was found, or a row from outside the loop.</summary>
    private bool IsGenerated(IPropertyReferenceOperation member)
    {
        if (!IsKeyName(member.Property.Name) || member.IsWritten() || member.Property.ContainingType is not { } owner || !IsEntity(owner))
            return false;
        return member.Instance?.Unwrap() switch
        {
            ILocalReferenceOperation { Local: var local } reference => !IsElement(reference) && IsDeclaredInLoop(local) && !IsRead(local),
            IParameterReferenceOperation { Parameter.DeclaringSyntaxReferences: [var declaration] } => loop.Syntax.Span.Contains(declaration.Span) && !IsTranslated(member),
            IParameterReferenceOperation => false,
            _ => true,
        };
    }

    private bool IsTranslated(IOperation member) => member.EnclosingFunction() is IAnonymousFunctionOperation lambda && Loops.IsTranslated(lambda);

    private bool IsRead(ILocalSymbol local) => _values.OnlyValueOf(local)?.UnwrapAwait() is IInvocationOperation call && model.DataAccess.Classify(call) is { Kind: RoundTripKind.DatabaseRead };

    private static bool IsKeyName(string name) => name.EndsWith("Id", StringComparison.Ordinal) || name is "ID" or "Key" or "RowVersion" or "Timestamp";

    private bool IsEntity(ITypeSymbol type) => model.Entities.IsEntity(type);

    private bool IsRow(IOperation operation) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IObjectCreationOperation
        && operation.Type is { } type && IsEntity(type.ElementTypeOfSequence() ?? type);

    private bool IsPending(IOperation operation) => operation switch
    {
        IInvocationOperation call => model.DataAccess.Classify(call) is { } trip ? trip.Kind is not (RoundTripKind.DatabaseRead or RoundTripKind.Cache) : !IsQueryPart(call) && KindOf(call) is not Kind.Quiet,
        ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation } => false,
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.ContainingType: { } owner } } => IsEntity(owner),
        IIncrementOrDecrementOperation { Target: IPropertyReferenceOperation { Property.ContainingType: { } owner } } => IsEntity(owner),
        _ => false,
    };

    private static bool IsQueryPart(IInvocationOperation call) =>
        call.TargetMethod.ContainingType.Name is "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" or "Guard" or "ArgumentNullException";
}
