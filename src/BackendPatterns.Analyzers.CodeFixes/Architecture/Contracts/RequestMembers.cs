using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Model.Logging;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>Which members of an entity a request record has: the columns that clients may set.</summary>
internal static class RequestMembers
{
    /// <summary>
    /// Returns the properties, in their order; empty where that is not certain. Left out are related rows and, where the row is only added, what the database makes: a generated key, a row
    /// version, a computed column, and what is kept in place of a password. Where an existing row may be overwritten with the object, every column stays: one without a value would be lost.
    /// </summary>
    public static ImmutableArray<IPropertySymbol> Of(EntityType entity, EntityParameter uses, BackendModel model)
    {
        var members = ImmutableArray.CreateBuilder<IPropertySymbol>();
        foreach (var member in entity.Members)
        {
            var property = member.Property;
            if (IsNeverBound(property))
                continue;
            var isLeftOut = member.Kind switch
            {
                EntityMemberKind.Reference or EntityMemberKind.Collection => true,
                EntityMemberKind.NotMapped => !uses.Used.Contains(property.Name),
                _ => uses.IsOnlyAdded && !uses.ReadFirst.Contains(property.Name) && (IsGenerated(property, entity, model) || SecretNames.ContainVerifier(property.Name)),
            };
            if (!isLeftOut)
                members.Add(property);
            // Whoever else gets the object may look for it.
            else if ((!uses.IsOnlyStored && !uses.IsOnlyAdded) || (member.IsNavigation && uses.Used.Contains(property.Name)))
                return ImmutableArray<IPropertySymbol>.Empty;
        }

        return members.TrueForAll(IsPlain) && !ConstructorSets(entity.Symbol, members) ? members.ToImmutable() : ImmutableArray<IPropertySymbol>.Empty;
    }

    private static bool TrueForAll(this ImmutableArray<IPropertySymbol>.Builder members, Func<IPropertySymbol, bool> test) => members.All(test);

    /// <summary>JSON does not fill it: no public setter, or ignored.</summary>
    private static bool IsNeverBound(IPropertySymbol property) =>
        property.SetMethod is not { DeclaredAccessibility: Accessibility.Public } || property.GetAttributes().Any(static attribute => attribute is { AttributeClass.Name: "JsonIgnoreAttribute", NamedArguments.IsEmpty: true });

    private static bool IsGenerated(IPropertySymbol property, EntityType entity, BackendModel model)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "TimestampAttribute" })
                return true;
            if (attribute.AttributeClass is { Name: "DatabaseGeneratedAttribute" })
                return attribute.ConstructorArguments is [{ Value: not 0 }];
        }

        return entity.Key is [var key] && key == property.Name && !CompilationText.Mentions(model.Compilation, "ValueGeneratedNever")
            && (property.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 || (property.Type.Name is "Guid" && property.Type.IsIn("System")));
    }

    /// <summary>An automatic property in visible source: its initial value is known, and setting it does nothing else.</summary>
    private static bool IsPlain(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences is [var only] && only.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null } && property.IsAutoProperty() && !property.IsVirtual && !property.IsOverride;

    /// <summary>True where a constructor gives one of the members a value, or does what cannot be told.</summary>
    private static bool ConstructorSets(INamedTypeSymbol entity, ImmutableArray<IPropertySymbol>.Builder members)
    {
        for (var type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var constructor in type.InstanceConstructors)
            {
                if (!constructor.Parameters.IsEmpty || constructor.DeclaringSyntaxReferences is not [var only])
                    continue;
                if (only.GetSyntax() is not ConstructorDeclarationSyntax { Body: { } body } || body.Statements.Any(statement => !IsOther(statement, members)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsOther(StatementSyntax statement, ImmutableArray<IPropertySymbol>.Builder members)
    {
        var target = statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: var left } } ? left : null;
        var name = target switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var member } => member,
            _ => null,
        };
        return name is not null && members.All(member => member.Name != name);
    }
}
