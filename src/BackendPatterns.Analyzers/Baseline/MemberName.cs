using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>
/// The names that a baseline gives to members: namespace, types with their number of type parameters, member, as in <c>Shop.Repository`1.FindAsync</c>. A name says nothing
/// about parameters, their types or the interface that is implemented, so that no change of these is a new report; overloads share one name. Local functions, lambdas and accessors count to their member.
/// </summary>
public static class MemberName
{
    /// <summary>The name for the statements of a program without a <c>Main</c>.</summary>
    public const string TopLevelStatements = "<top-level-statements>";

    /// <summary>The member that a node belongs to: a member of a type, a type for its own header, a global statement; the compilation unit for what is outside of any.</summary>
    public static SyntaxNode DeclarationOf(SyntaxNode node)
    {
        for (var current = node; ; current = current.Parent)
        {
            if (current is null or CompilationUnitSyntax or (MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax))
                return current ?? node.SyntaxTree.GetRoot();
        }
    }

    /// <summary>The name of a declaration that <see cref="DeclarationOf"/> has returned for a node.</summary>
    public static string Of(SyntaxNode declaration, SyntaxNode node)
    {
        if (declaration is GlobalStatementSyntax)
            return TopLevelStatements;
        if (declaration is not MemberDeclarationSyntax member)
            return $"<file>({FileName(declaration.SyntaxTree)})";
        var name = new StringBuilder();
        foreach (var outer in member.Ancestors().Reverse())
        {
            switch (outer)
            {
                case BaseNamespaceDeclarationSyntax space:
                    name.Append(WithoutTrivia(space.Name)).Append('.');
                    break;
                case BaseTypeDeclarationSyntax type:
                    name.Append(OfType(type, type.Identifier, (type as TypeDeclarationSyntax)?.Arity ?? 0)).Append('.');
                    break;
            }
        }

        return name.Append(SimpleName(member, node)).ToString();
    }

    /// <summary>The last part of the name of a member.</summary>
    public static string SimpleName(MemberDeclarationSyntax member, SyntaxNode node) => member switch
    {
        BaseTypeDeclarationSyntax type => OfType(type, type.Identifier, (type as TypeDeclarationSyntax)?.Arity ?? 0),
        DelegateDeclarationSyntax type => OfType(type, type.Identifier, type.Arity),
        MethodDeclarationSyntax method => Word(method.Identifier),
        ConstructorDeclarationSyntax constructor => constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? ".cctor" : ".ctor",
        DestructorDeclarationSyntax => "Finalize",
        PropertyDeclarationSyntax property => Word(property.Identifier),
        EventDeclarationSyntax @event => Word(@event.Identifier),
        IndexerDeclarationSyntax => "this[]",
        OperatorDeclarationSyntax @operator => "operator" + @operator.OperatorToken.Text,
        ConversionOperatorDeclarationSyntax conversion => "operator-" + conversion.ImplicitOrExplicitKeyword.Text,
        EnumMemberDeclarationSyntax value => Word(value.Identifier),
        BaseFieldDeclarationSyntax field => Word((VariableAround(node, field) ?? field.Declaration.Variables.First()).Identifier),
        _ => "?",
    };

    private static VariableDeclaratorSyntax? VariableAround(SyntaxNode node, BaseFieldDeclarationSyntax field)
    {
        foreach (var variable in field.Declaration.Variables)
        {
            if (variable.Span.Contains(node.Span))
                return variable;
        }

        return null;
    }

    /// <summary>Types that are visible in their file only may be called alike; extension blocks have no name.</summary>
    private static string OfType(MemberDeclarationSyntax type, SyntaxToken identifier, int arity) =>
        (identifier.ValueText.Length == 0 ? "extension" : identifier.ValueText)
        + (arity == 0 ? "" : "`" + arity)
        + (type.Modifiers.Any(SyntaxKind.FileKeyword) ? $"({FileName(type.SyntaxTree)})" : "");

    private static string Word(SyntaxToken identifier) => identifier.ValueText.Length == 0 ? "?" : identifier.ValueText;

    private static string WithoutTrivia(NameSyntax name) => string.Concat(name.DescendantTokens().Select(token => token.ValueText));

    /// <summary>The file without its folder, which differs from machine to machine, and without what separates the words of a line.</summary>
    private static string FileName(SyntaxTree tree)
    {
        var path = tree.FilePath;
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return string.Concat(name.Select(letter => char.IsWhiteSpace(letter) ? '_' : letter));
    }
}
