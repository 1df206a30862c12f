using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Values that code at a place can name: locals above it, parameters, fields and properties of its type.</summary>
internal static class ValuesInScope
{
    /// <summary>
    /// Returns the text of the nearest value of a type, or of a property of one with that type: <c>environment</c>,
    /// <c>builder.Environment</c>. Null where there is none.
    /// </summary>
    public static string? Find(SyntaxNode place, SemanticModel semantics, INamedTypeSymbol wanted, params string[] properties)
    {
        foreach (var (name, type) in At(place, semantics))
        {
            if (type.IsOrImplements(wanted))
                return name;
            foreach (var property in properties)
            {
                if (PropertyOf(type, property) is { } found && found.Type.IsOrImplements(wanted))
                    return name + "." + property;
            }
        }

        return null;
    }

    private static IPropertySymbol? PropertyOf(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(static property => property.DeclaredAccessibility is Accessibility.Public) is { } own)
                return own;
        }

        return type.AllInterfaces.SelectMany(contract => contract.GetMembers(name).OfType<IPropertySymbol>()).FirstOrDefault();
    }

    private static IEnumerable<(string Name, ITypeSymbol Type)> At(SyntaxNode place, SemanticModel semantics)
    {
        var isStatic = false;
        for (var (node, parent) = (place, place.Parent); parent is not null; (node, parent) = (parent, parent.Parent))
        {
            if (parent is AnonymousFunctionExpressionSyntax function && function.Modifiers.Any(SyntaxKind.StaticKeyword))
                yield break;
            foreach (var declaration in DeclarationsIn(parent, node))
            {
                if (semantics.GetDeclaredSymbol(declaration) is { } symbol && symbol.HeldType() is { } type)
                    yield return (symbol.Name, type);
            }

            isStatic |= parent is MemberDeclarationSyntax member and not BaseTypeDeclarationSyntax && member.Modifiers.Any(SyntaxKind.StaticKeyword);
            if (parent is not TypeDeclarationSyntax declared || semantics.GetDeclaredSymbol(declared) is not { } owner)
                continue;
            foreach (var field in owner.GetMembers())
            {
                if (field is IFieldSymbol or IPropertySymbol && (field.IsStatic || !isStatic) && !field.IsImplicitlyDeclared && field.CanBeReferencedByName)
                    yield return (field.Name, field.HeldType()!);
            }

            yield break;
        }
    }

    private static IEnumerable<SyntaxNode> DeclarationsIn(SyntaxNode parent, SyntaxNode before) => parent switch
    {
        BlockSyntax block => LocalsIn(block.Statements.TakeWhile(statement => statement != before)),
        SwitchSectionSyntax section => LocalsIn(section.Statements.TakeWhile(statement => statement != before)),
        CompilationUnitSyntax unit => LocalsIn(unit.Members.TakeWhile(member => member != before).OfType<GlobalStatementSyntax>().Select(static global => global.Statement)),
        SimpleLambdaExpressionSyntax lambda => [lambda.Parameter],
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
        AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Parameters,
        LocalFunctionStatementSyntax function => function.ParameterList.Parameters,
        BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
        TypeDeclarationSyntax { ParameterList: { } list } when before is MemberDeclarationSyntax member && !member.Modifiers.Any(SyntaxKind.StaticKeyword) => list.Parameters,
        _ => [],
    };

    private static IEnumerable<SyntaxNode> LocalsIn(IEnumerable<StatementSyntax> statements) =>
        statements.OfType<LocalDeclarationStatementSyntax>().SelectMany(static declaration => declaration.Declaration.Variables).Reverse();
}
