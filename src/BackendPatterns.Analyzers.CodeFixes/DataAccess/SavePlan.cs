using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A save in a loop that one save after the loop can replace with the same rows in the end.</summary>
/// <param name="Save">The statement that saves.</param>
/// <param name="Loop">The statement of the loop.</param>
/// <param name="IsFollowed">True where the same context is saved anyway, later in the turn or right after the loop: the statement is then not needed at all.</param>
public sealed record SavePlan(ExpressionStatementSyntax Save, StatementSyntax Loop, bool IsFollowed)
{
    // What runs when a context saves, and values that the database computes, are not seen from the loop.
    private static readonly string[] Hooks =
        ["SaveChangesInterceptor", "SavingChanges", "SavedChanges", "HasComputedColumnSql", "ValueGeneratedOnAddOrUpdate", "ValueGeneratedOnUpdate", "DatabaseGenerated", "UseLazyLoadingProxies"];

    /// <summary>Returns the plan, or null where the rows are not provably the same in the end.</summary>
    public static SavePlan? For(IInvocationOperation call, BackendModel model, CancellationToken cancellationToken)
    {
        if (call.TargetMethod.Name is not ("SaveChanges" or "SaveChangesAsync") || ContextOf(call, model) is not { } context
            || StatementOf(call) is not { Parent: BlockSyntax block } save || LoopAround(call, model) is not { Syntax: StatementSyntax { Parent: BlockSyntax outer } statement } loop)
        {
            return null;
        }

        if (loop.Assigns(context) || !HasPlainArguments(call) || !StandsInPlainBlocks(block, loop) || block.Statements.Count == 1 || Hooks.Any(hook => CompilationText.Mentions(model.Compilation, hook)))
            return null;
        var last = LastSaveIn(block, save);
        var isFollowedInTurn = last != save;
        var effects = new SaveEffects(loop, context, model, cancellationToken);
        if (!effects.AllowOneSave(block, last))
            return null;
        var next = outer.Statements.IndexOf(statement) + 1;
        var isFollowed = isFollowedInTurn || (next < outer.Statements.Count && IsSameSave(outer.Statements[next], save));
        return isFollowed || IsSavedLater(outer, next, save) || effects.NothingIsPendingBefore()
            ? new SavePlan(save, statement, isFollowed)
            : null;
    }

    /// <summary>The variable that the context is in, where it is a variable of the method or a member that is set once.</summary>
    private static ISymbol? ContextOf(IInvocationOperation call, BackendModel model)
    {
        if (call.Instance is not { } instance || model.Libraries.EntityFrameworkCore is not { } entityFramework || !entityFramework.IsDbContext(instance.Type) || OverridesSave(instance.Type!, entityFramework.DbContext))
            return null;
        return instance.Unwrap() switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation => instance.ReferencedSymbol(),
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
            IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { IsVirtual: false, SetMethod: null } property } => property,
            _ => null,
        };
    }

    private static bool OverridesSave(ITypeSymbol context, INamedTypeSymbol dbContext)
    {
        for (var type = context; type is not null && !SymbolEqualityComparer.Default.Equals(type, dbContext); type = type.BaseType)
        {
            if (!type.IsIn("Microsoft.AspNetCore.Identity.EntityFrameworkCore") && type.GetMembers().Any(member => member.Name is "SaveChanges" or "SaveChangesAsync"))
                return true;
        }

        return false;
    }

    private static ExpressionStatementSyntax? StatementOf(IInvocationOperation call) =>
        call.WalkUpValue().Parent is IExpressionStatementOperation { Syntax: ExpressionStatementSyntax statement } ? statement : null;

    private static ILoopOperation? LoopAround(IInvocationOperation call, BackendModel model)
    {
        if (Loops.Enclosing(call) is not [{ Operation: ILoopOperation loop, Sequence: not null } repetition, ..] || repetition.Kind is RepetitionKind.AwaitForEach)
            return null;
        return loop is not IForEachLoopOperation { Collection: var items } || (model.DataAccess.Classify(loop) is null && IsList(items.Unwrap().Type)) ? loop : null;
    }

    /// <summary>A lazy sequence computes its items between the saves.</summary>
    private static bool IsList(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || (type is INamedTypeSymbol named && named.AllInterfaces.Append(named).Any(contract => contract is { Name: "ICollection" or "IReadOnlyCollection", Arity: 1 }));

    private static bool HasPlainArguments(IInvocationOperation call) =>
        call.Arguments.All(argument => argument.ArgumentKind is ArgumentKind.DefaultValue
            || (argument.Value.Type?.Name is "CancellationToken" && argument.Value.Unwrap() is IParameterReferenceOperation or IPropertyReferenceOperation { Instance: null }));

    /// <summary>The save's block is the loop's body, or stands in it below nothing but blocks and conditions.</summary>
    private static bool StandsInPlainBlocks(BlockSyntax block, ILoopOperation loop)
    {
        for (SyntaxNode? current = block; current != loop.Body.Syntax; current = current.Parent)
        {
            if (current is not (BlockSyntax or IfStatementSyntax { Else: null }))
                return false;
        }

        return true;
    }

    private static ExpressionStatementSyntax LastSaveIn(BlockSyntax block, ExpressionStatementSyntax save) =>
        block.Statements.OfType<ExpressionStatementSyntax>().Last(statement => IsSameSave(statement, save));

    private static bool IsSavedLater(BlockSyntax outer, int next, ExpressionStatementSyntax save)
    {
        for (var i = next; i < outer.Statements.Count; i++)
        {
            if (IsSameSave(outer.Statements[i], save))
                return true;
            if (outer.Statements[i].DescendantNodesAndSelf().Any(IsExit))
                return false;
        }

        return false;
    }

    private static bool IsExit(SyntaxNode node) =>
        node is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax;

    private static bool IsSameSave(StatementSyntax statement, ExpressionStatementSyntax save) =>
        statement is ExpressionStatementSyntax other && Microsoft.CodeAnalysis.CSharp.SyntaxFactory.AreEquivalent(other.Expression, save.Expression);
}
