using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
