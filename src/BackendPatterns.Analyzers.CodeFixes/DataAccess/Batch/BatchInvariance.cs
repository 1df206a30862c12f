using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Apart from the key, a batched query may mention only what has the same value before the loop and in every turn of it.</summary>
public static class BatchInvariance
{
    public static bool Holds(BatchQuery query, BatchLoop loop, BackendModel model)
    {
        var pending = new Stack<IOperation>();
        pending.Push(query.Call);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current.Syntax == query.ItemKey.Syntax)
                continue;
            if (!IsInvariant(current, query, loop, model))
                return false;
            foreach (var child in current.ChildOperations)
                pending.Push(child);
        }

        return !query.Call.Syntax.DescendantTokens().Any(token => token.ValueText.IndexOf('\n') >= 0);
    }

    private static bool IsInvariant(IOperation operation, BatchQuery query, BatchLoop loop, BackendModel model) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => IsDeclaredOutside(local, loop) && !loop.Assigns(local),
        IParameterReferenceOperation { Parameter: var parameter } => IsOwnParameter(parameter, query) || (IsDeclaredOutside(parameter, loop) && !loop.Assigns(parameter)),
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => IsProjected(operation, query),
        IFieldReferenceOperation { Field: var field } => field.IsConst || (field.IsReadOnly && !loop.Assigns(field)),
        IPropertyReferenceOperation property => IsRowMember(property, query) || IsData(property.Type, model)
                                                || (IsSetOnce(property.Property) && !loop.Assigns(property.Property)),
        IInvocationOperation call => call == query.Call || query.Operators.Contains(call) || call.TargetMethod.Name is "Set"
                                     || IsTranslated(call, query),
        IAnonymousFunctionOperation lambda => lambda.Body.Operations is [IReturnOperation],
        IObjectCreationOperation or ISimpleAssignmentOperation when IsProjected(operation, query) => true,
        IObjectCreationOperation or IDynamicInvocationOperation or IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation => false,
        _ => true,
    };

    /// <summary>What the projection makes is made per row, as before.</summary>
    private static bool IsProjected(IOperation operation, BatchQuery query) =>
        query.Projection is { } projection && operation.IsWithin(projection);

    private static bool IsDeclaredOutside(ISymbol variable, BatchLoop loop) =>
        variable.DeclaringSyntaxReferences is [var declaration] && !(declaration.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(declaration.Span));

    private static bool IsOwnParameter(IParameterSymbol parameter, BatchQuery query) =>
        parameter.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == query.Call.Syntax.SyntaxTree
            && query.Call.Syntax.Span.Contains(declaration.Span);

    private static bool IsData(ITypeSymbol? type, BackendModel model) =>
        model.Libraries.EntityFrameworkCore is { } entityFramework && (entityFramework.IsDbSet(type) || entityFramework.IsDbContext(type));

    private static bool IsSetOnce(IPropertySymbol property) =>
        property is { IsReadOnly: true, IsVirtual: false, IsOverride: false } or { SetMethod.IsInitOnly: true }
        && property.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax() is ParameterSyntax or PropertyDeclarationSyntax { ExpressionBody: null };

    private static bool IsRowMember(IOperation operation, BatchQuery query)
    {
        for (var current = operation; current is not null;
             current = (current is IMemberReferenceOperation member ? member.Instance : (current as IInvocationOperation)?.Receiver())?.Unwrap())
        {
            if (current is IParameterReferenceOperation { Parameter: var parameter })
                return IsOwnParameter(parameter, query);
        }

        return false;
    }

    /// <summary>
    /// A call on the row is part of the SQL; any other call would be made once instead of once per turn. A projection may also call what
    /// SQL does not know: methods of this code base, which run in memory and may do more than return a value.
    /// </summary>
    private static bool IsTranslated(IInvocationOperation call, BatchQuery query) =>
        (IsRowMember(call, query) || call.Arguments.Any(argument => IsRowMember(argument.Value.Unwrap(), query)))
        && (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || !IsProjected(call, query));
}
