using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>What a query mentions beside the key of the item. Asked for many keys at once, it may mention only what stays the same.</summary>
public sealed class BatchMentions(BatchQuery query, BackendModel model)
{
    /// <summary>
    /// True where everything that the query mentions is fixed, and its text has no token of several lines. Of what the query itself does not settle (variables, fields, properties of
    /// other things than the row, calls on the row of methods of this code base) <paramref name="isFixed"/> is asked.
    /// </summary>
    public bool AreFixed(Func<IOperation, bool> isFixed)
    {
        var pending = new Stack<IOperation>();
        pending.Push(query.Call);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current.Syntax == query.ItemKey.Syntax)
                continue;
            if (!IsFixed(current, isFixed))
                return false;
            foreach (var child in current.ChildOperations)
                pending.Push(child);
        }

        return !query.Call.Syntax.DescendantTokens().Any(static token => token.ValueText.IndexOf('\n') >= 0);
    }

    /// <summary>What the projection makes is made per row, as before.</summary>
    public bool IsProjected(IOperation operation) => query.Projection is { } projection && operation.IsWithin(projection);

    private bool IsFixed(IOperation operation, Func<IOperation, bool> isFixed) => operation switch
    {
        IParameterReferenceOperation { Parameter: var parameter } => IsOwnParameter(parameter) || isFixed(operation),
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => IsProjected(operation),
        IPropertyReferenceOperation property => IsRowMember(property) || IsData(property.Type) || isFixed(operation),
        IInvocationOperation call => call == query.Call || query.Operators.Contains(call) || call.TargetMethod.Name is "Set"
                                     || (IsOnRow(call) && (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || isFixed(operation))),
        ILocalReferenceOperation or IFieldReferenceOperation => isFixed(operation),
        IAnonymousFunctionOperation lambda => lambda.Body.Operations is [IReturnOperation],
        IObjectCreationOperation or ISimpleAssignmentOperation when IsProjected(operation) => true,
        IObjectCreationOperation or IDynamicInvocationOperation or IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation => false,
        _ => true,
    };

    /// <summary>The parameter of a lambda in the query.</summary>
    private bool IsOwnParameter(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == query.Call.Syntax.SyntaxTree
            && query.Call.Syntax.Span.Contains(declaration.Span);

    private bool IsData(ITypeSymbol? type) =>
        model.Libraries.EntityFrameworkCore is { } entityFramework && (entityFramework.IsDbSet(type) || entityFramework.IsDbContext(type));

    private bool IsRowMember(IOperation operation)
    {
        for (var current = operation; current is not null;
             current = (current is IMemberReferenceOperation member ? member.Instance : (current as IInvocationOperation)?.Receiver())?.Unwrap())
        {
            if (current is IParameterReferenceOperation { Parameter: var parameter })
                return IsOwnParameter(parameter);
        }

        return false;
    }

    /// <summary>A call on the row is part of the SQL; any other call would be made once instead of once per turn.</summary>
    private bool IsOnRow(IInvocationOperation call) => IsRowMember(call) || call.Arguments.Any(argument => IsRowMember(argument.Value.Unwrap()));
}
