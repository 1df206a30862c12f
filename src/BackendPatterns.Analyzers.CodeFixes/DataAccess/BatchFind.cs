using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary><c>Find</c> and <c>FindAsync</c> of a set or a context, by the one value of the primary key.</summary>
public static class BatchFind
{
    /// <summary>Returns the parts of the call, or null where the key has several columns or is not known.</summary>
    public static BatchQuery? Of(IInvocationOperation call, BackendModel model)
    {
        if (call.Instance is not { Syntax: ExpressionSyntax instance } || model.Libraries.EntityFrameworkCore is not { } entityFramework)
            return null;
        var isOnContext = entityFramework.IsDbContext(call.TargetMethod.ContainingType) && call.TargetMethod.TypeArguments.Length == 1;
        var row = isOnContext ? call.TargetMethod.TypeArguments[0] : entityFramework.IsDbSet(call.Instance.Type) ? call.Instance.Type.ElementTypeOfSequence() : null;
        if (row is not INamedTypeSymbol entity || KeyOf(entity, model) is not { } key || OnlyKeyValue(call) is not { } value)
            return null;
        var typeName = isOnContext ? ((call.Syntax as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)?.Name as GenericNameSyntax : null;
        if (isOnContext && typeName is null)
            return null;
        var source = isOnContext ? SyntaxFactory.ParseExpression($"{instance}.Set{typeName!.TypeArgumentList}()") : instance;
        return new BatchQuery(
            call, source, Predicate: null, Equality: null, key, value, entity, BatchResult.RowOrNull, BatchQuery.TokenOf(call),
            ImmutableArray<IInvocationOperation>.Empty) { IsUnique = true };
    }

    private static IPropertySymbol? KeyOf(INamedTypeSymbol entity, BackendModel model)
    {
        var description = model.Entities.Describe(entity);
        return description is { IsReadable: true, Key: [var key] } ? description.Member(key)?.Property : null;
    }

    private static IOperation? OnlyKeyValue(IInvocationOperation call)
    {
        if (call.Arguments.IsEmpty || call.Arguments[0].Value.Unwrap() is not IArrayCreationOperation { Initializer.ElementValues: [var only] })
            return CollectionExpressionValue(call);
        return only.Unwrap();
    }

    /// <summary><c>FindAsync([id], token)</c>: Roslyn 4.8 has no operation for a collection expression.</summary>
    private static IOperation? CollectionExpressionValue(IInvocationOperation call)
    {
        if (call.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: CollectionExpressionSyntax { Elements: [ExpressionElementSyntax element] } }, ..] })
            return call.SemanticModel?.GetOperation(element.Expression)?.Unwrap();
        return null;
    }
}
