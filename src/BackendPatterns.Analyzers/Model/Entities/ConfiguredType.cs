using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>
/// Which configuration methods speak of one type only. An application has one for nearly every entity: to bind them all for a question about one of them is what a keystroke would wait for.
/// </summary>
internal static class ConfiguredType
{
    /// <summary>The methods of builders that say something about the members of the type they configure, or nothing that is read here.</summary>
    private static readonly HashSet<string> OfMembers = new(StringComparer.Ordinal)
    {
        "Property", "PrimitiveCollection", "Ignore", "Navigation", "AutoInclude", "HasKey", "HasNoKey", "HasAlternateKey", "HasIndex", "IsUnique", "HasFilter", "IsDescending",
        "HasOne", "HasMany", "WithOne", "WithMany", "HasForeignKey", "HasPrincipalKey", "OnDelete",
        "ToTable", "ToView", "HasComment", "HasName", "HasDatabaseName", "HasConstraintName", "HasColumnName", "HasColumnType", "HasColumnOrder",
        "IsRequired", "HasMaxLength", "HasPrecision", "IsUnicode", "IsFixedLength", "IsRowVersion", "IsConcurrencyToken", "UsePropertyAccessMode", "HasField",
        "HasDefaultValue", "HasDefaultValueSql", "HasComputedColumnSql", "ValueGeneratedNever", "ValueGeneratedOnAdd", "ValueGeneratedOnUpdate", "ValueGeneratedOnAddOrUpdate", "UseIdentityColumn",
        "HasConversion", "HasData",
    };

    /// <summary>
    /// Returns the type that <c>Configure(EntityTypeBuilder&lt;T&gt; builder)</c> configures, where every call in its text is made on that builder and speaks of members of <c>T</c>; null for any
    /// other method. What is read from the text is only how little there is to find: what the calls mean is bound when somebody asks about the type.
    /// </summary>
    public static INamedTypeSymbol? Of(IMethodSymbol method)
    {
        if (method.Parameters is not [{ Type: INamedTypeSymbol { Name: "EntityTypeBuilder", TypeArguments: [INamedTypeSymbol type] } builder, Name: var name }]
            || !builder.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore") || method.DeclaringSyntaxReferences is not [var declaration])
        {
            return null;
        }

        // The values of a conversion and of seeded rows configure nothing.
        foreach (var node in declaration.GetSyntax().DescendantNodes(static node => node is not ArgumentListSyntax { Parent: InvocationExpressionSyntax call } || !TakesValues(call)))
        {
            if (node is InvocationExpressionSyntax call && !IsOfMembers(call, name))
                return null;
        }

        return type;
    }

    private static bool IsOfMembers(InvocationExpressionSyntax call, string builder) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => OfMembers.Contains(member.Name.Identifier.ValueText) && IsOn(member.Expression, builder),
        IdentifierNameSyntax { Identifier.ValueText: "nameof" } => true,
        _ => false,
    };

    private static bool TakesValues(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasConversion" or "HasData" };

    private static bool IsOn(ExpressionSyntax receiver, string builder)
    {
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member })
            receiver = member.Expression;
        return receiver is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == builder;
    }
}
