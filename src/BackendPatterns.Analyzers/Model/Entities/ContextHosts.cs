using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>For which context a piece of configuration is written.</summary>
internal sealed class ContextHosts(BackendModel model)
{
    /// <summary>
    /// Returns the contexts whose options a call is made on: named by the registration around it, by the type of the builder, or the class of <c>OnConfiguring</c>. Empty where none of them tells.
    /// </summary>
    public IReadOnlyList<ITypeSymbol> Of(InvocationExpressionSyntax call, SemanticModel semantics) =>
        semantics.GetTypeInfo(call).Type is INamedTypeSymbol { Name: "DbContextOptionsBuilder", TypeArguments: [var context] } ? [context] : Around(call, semantics);

    /// <summary>The same for any node: the registration around it, or the context class that it stands in.</summary>
    public IReadOnlyList<ITypeSymbol> Around(SyntaxNode node, SemanticModel semantics)
    {
        foreach (var outer in node.Ancestors())
        {
            if (outer is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax generic } } && NamedBy(generic, semantics) is { Count: > 0 } named)
                return named;
            if (outer is ClassDeclarationSyntax type)
                return semantics.GetDeclaredSymbol(type) is INamedTypeSymbol symbol && model.Libraries.EntityFrameworkCore!.IsDbContext(symbol) ? [symbol] : [];
        }

        return [];
    }

    /// <summary>Returns the contexts among the type arguments of a name: <c>AddDbContext&lt;ShopContext&gt;</c>.</summary>
    public IReadOnlyList<ITypeSymbol> NamedBy(SimpleNameSyntax name, SemanticModel semantics)
    {
        var contexts = new List<ITypeSymbol>();
        if (name is GenericNameSyntax generic)
        {
            foreach (var argument in generic.TypeArgumentList.Arguments)
            {
                if (semantics.TypeWritten(argument) is { } type && model.Libraries.EntityFrameworkCore!.IsDbContext(type))
                    contexts.Add(type);
            }
        }

        return contexts;
    }
}
