using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary><c>Find</c> and <c>FindAsync</c> of a set or a context, by the primary key.</summary>
public static class BatchFind
{
    /// <summary>Returns the parts of the call, or null where the key is not known, or more than one of its values depends on the turn of the loop, or is not <paramref name="parameter"/>.</summary>
    public static BatchQuery? Of(IInvocationOperation call, BackendModel model, IParameterSymbol? parameter = null)
    {
        if (call.Instance is not { Syntax: ExpressionSyntax instance } || model.Libraries.EntityFrameworkCore is not { } entityFramework)
            return null;
        var isOnContext = entityFramework.IsDbContext(call.TargetMethod.ContainingType) && call.TargetMethod.TypeArguments.Length == 1;
        var row = isOnContext ? call.TargetMethod.TypeArguments[0] : entityFramework.IsDbSet(call.Instance.Type) ? call.Instance.Type.ElementTypeOfSequence() : null;
        if (row is not INamedTypeSymbol entity || ColumnsOf(entity, model) is not { } columns || KeyValues(call) is not { } values || values.Count != columns.Count)
            return null;
        var varying = values.Count == 1 ? 0 : parameter is null ? BatchKeyEquality.OnlyVarying(values, call) : BatchKeyEquality.OnlyVarying(values, parameter);
        if (varying < 0 || Enumerable.Range(0, columns.Count).Any(i => !HasTypeOf(columns[i], values[i], mayBeNull: i == varying)))
            return null;
        var typeName = isOnContext ? ((call.Syntax as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)?.Name as GenericNameSyntax : null;
        if (isOnContext && typeName is null)
            return null;
        var source = isOnContext ? SyntaxFactory.ParseExpression($"{instance}.Set{typeName!.TypeArgumentList}()") : instance;
        return new BatchQuery(
            call, source, Predicate: null, Equality: null, columns[varying], values[varying], entity, BatchResult.RowOrNull, BatchQuery.TokenOf(call),
            ImmutableArray<IInvocationOperation>.Empty)
        {
            IsUnique = true,
            FixedKeys = Enumerable.Range(0, columns.Count).Where(i => i != varying).Select(i => (columns[i], (ExpressionSyntax)values[i].Syntax)).ToImmutableArray(),
        };
    }

    /// <summary>The properties of the primary key, in its order.</summary>
    private static List<IPropertySymbol>? ColumnsOf(INamedTypeSymbol entity, BackendModel model)
    {
        var description = model.Entities.Describe(entity);
        var columns = description.Key.Select(name => description.Member(name)?.Property).OfType<IPropertySymbol>().ToList();
        return description.IsReadable && columns.Count > 0 && columns.Count == description.Key.Length ? columns : null;
    }

    /// <summary>A value of another type makes <c>Find</c> throw.</summary>
    private static bool HasTypeOf(IPropertySymbol column, IOperation value, bool mayBeNull) =>
        value.Type is { } type && SymbolEqualityComparer.Default.Equals(mayBeNull ? type.WithoutNullable() : type, column.Type) && value.Syntax is ExpressionSyntax;

    private static List<IOperation>? KeyValues(IInvocationOperation call)
    {
        if (!call.Arguments.IsEmpty && call.Arguments[0].Value.Unwrap() is IArrayCreationOperation { Initializer.ElementValues: var values })
            return values.Select(static value => value.Unwrap()).ToList();
        // FindAsync([id], token): Roslyn 4.8 has no operation for a collection expression.
        return call.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: CollectionExpressionSyntax { Elements: [ExpressionElementSyntax element] } }, ..] }
               && call.SemanticModel?.GetOperation(element.Expression)?.Unwrap() is { } only
            ? [only]
            : null;
    }
}
