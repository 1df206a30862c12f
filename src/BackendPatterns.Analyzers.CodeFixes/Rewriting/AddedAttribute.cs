using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Puts an attribute on a declaration in the manner of the attributes that stand there already.</summary>
public static class AddedAttribute
{
    /// <summary>
    /// Returns the declaration with the attribute after its other ones: on a line of its own, or on the same line where these share one with the
    /// declaration. Comments and documentation stay above.
    /// </summary>
    public static MemberDeclarationSyntax On(MemberDeclarationSyntax declaration, NameSyntax name, SyntaxTrivia endOfLine) =>
        On(declaration, SyntaxFactory.Attribute(name.WithoutTrivia()), endOfLine);

    /// <summary>The same with an attribute that has arguments.</summary>
    public static MemberDeclarationSyntax On(MemberDeclarationSyntax declaration, AttributeSyntax attribute, SyntaxTrivia endOfLine)
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).NormalizeWhitespace(elasticTrivia: false);
        if (declaration.AttributeLists.Count == 0)
        {
            var leading = declaration.GetLeadingTrivia();
            return declaration
                .WithLeadingTrivia(IndentationOf(leading))
                .WithAttributeLists(SyntaxFactory.SingletonList(list.WithLeadingTrivia(leading).WithTrailingTrivia(endOfLine)));
        }

        var last = declaration.AttributeLists[declaration.AttributeLists.Count - 1];
        var sharesLine = !last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        return declaration.WithAttributeLists(declaration.AttributeLists.Add(sharesLine
            ? list.WithTrailingTrivia(SyntaxFactory.Space)
            : list.WithLeadingTrivia(IndentationOf(last.GetLeadingTrivia())).WithTrailingTrivia(last.GetTrailingTrivia().Last(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))));
    }

    private static SyntaxTriviaList IndentationOf(SyntaxTriviaList leading) =>
        leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxTriviaList.Create(leading[leading.Count - 1]) : SyntaxTriviaList.Empty;
}
