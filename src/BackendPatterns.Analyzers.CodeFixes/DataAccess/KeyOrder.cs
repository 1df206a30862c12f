using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Orders rows by what tells them apart.</summary>
internal static class KeyOrder
{
    /// <summary>
    /// Returns one lambda per property of the primary key of an entity; empty for other rows, and where the key is not known or has a type that not every database can order by.
    /// </summary>
    public static ImmutableArray<LambdaExpressionSyntax> Of(ITypeSymbol row, SyntaxNode place, BackendModel model)
    {
        if (row is not INamedTypeSymbol type || model.Entities.Find(type) is not { IsReadable: true, Key.IsEmpty: false } entity)
            return ImmutableArray<LambdaExpressionSyntax>.Empty;
        var name = NameFor(type, place);
        var lambdas = ImmutableArray.CreateBuilder<LambdaExpressionSyntax>();
        foreach (var property in entity.Key)
        {
            if (entity.Member(property) is not { Kind: EntityMemberKind.Column, Property: var member } || !IsOrdered(member.Type))
                return ImmutableArray<LambdaExpressionSyntax>.Empty;
            lambdas.Add(Lambda(name, "." + Escaped(property)));
        }

        return lambdas.ToImmutable();
    }

    /// <summary>Returns <c>x => x</c> for rows that are single values; null for all others.</summary>
    public static LambdaExpressionSyntax? OfValue(ITypeSymbol row, SyntaxNode place) => IsOrdered(row) ? Lambda(FreshNames.ForLambda(place).Take("x", "value", "item"), "") : null;

    /// <summary>
    /// Returns the part of the query to order, and by what: where its rows are entities, before projections too; else the whole query where its rows are single values.
    /// </summary>
    public static (ExpressionSyntax Query, ImmutableArray<LambdaExpressionSyntax> Keys)? PlaceIn(IOperation query, BackendModel model)
    {
        for (var current = query.Unwrap(); current.Type?.ElementTypeOfSequence() is { } row; )
        {
            if (Of(row, current.Syntax, model) is { IsEmpty: false } keys && current.Syntax is ExpressionSyntax place)
                return (WithParentheses(place), keys);
            if (current is not IInvocationOperation { TargetMethod: { Name: "Select" or "ProjectTo", IsExtensionMethod: true }, Syntax: InvocationExpressionSyntax } projection
                || projection.Receiver() is not { } projected)
            {
                break;
            }

            current = projected.Unwrap();
        }

        return query.Type?.ElementTypeOfSequence() is { } value && OfValue(value, query.Syntax) is { } lambda && query.Syntax is ExpressionSyntax whole
            ? (WithParentheses(whole), ImmutableArray.Create(lambda))
            : null;
    }

    private static ExpressionSyntax WithParentheses(ExpressionSyntax query) => query.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : query;

    /// <summary>Returns the columns of the key that an order does not have yet; empty where they cannot be ordered by.</summary>
    public static ImmutableArray<LambdaExpressionSyntax> MissingIn(SortKeys order, SyntaxNode place, BackendModel model) =>
        Of(order.Entity.Symbol, place, model) is { IsEmpty: false } keys ? keys.Where((_, i) => !order.Columns.Contains(order.Entity.Key[i])).ToImmutableArray() : ImmutableArray<LambdaExpressionSyntax>.Empty;

    /// <summary>Types that SQLite, which cannot order by <c>decimal</c> or <c>DateTimeOffset</c>, can order by too.</summary>
    private static bool IsOrdered(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum
        || type.SpecialType is SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Byte or SpecialType.System_UInt16
            or SpecialType.System_UInt32 or SpecialType.System_String or SpecialType.System_DateTime
        || (type.Name is "Guid" && type.IsIn("System"));

    private static string NameFor(INamedTypeSymbol type, SyntaxNode place) =>
        FreshNames.ForLambda(place).Take(char.IsLetter(type.Name[0]) ? char.ToLowerInvariant(type.Name[0]).ToString() : "x", "x", "row", "item");

    private static LambdaExpressionSyntax Lambda(string name, string member) => (LambdaExpressionSyntax)SyntaxFactory.ParseExpression($"{name} => {name}{member}");

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;
}
