using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A member that goes below another one.</summary>
/// <param name="Below">What it goes below.</param>
/// <param name="Added">The member.</param>
public sealed record BulkInsertion(BulkMember Below, MethodDeclarationSyntax Added)
{
    /// <summary>True where a member stands on lines of its own, in a type that can take another one.</summary>
    public static bool CanFollow(BulkMember member) =>
        member.Declaration.Parent is TypeDeclarationSyntax && member.Declaration.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
        && !member.Declaration.ContainsDirectives;

    /// <summary>
    /// Returns the solution with the members and the directives that they need. It may already be changed, but not in the number or the order
    /// of its methods.
    /// </summary>
    public static async Task<Solution> InsertAsync(Solution solution, IEnumerable<BulkInsertion> insertions, CancellationToken cancellationToken)
    {
        foreach (var inDocument in insertions.GroupBy(static insertion => insertion.Below.Document.Id))
        {
            var root = (await solution.GetDocument(inDocument.Key)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            // From the end of the file, so that the places of the others stay.
            foreach (var insertion in inDocument.OrderByDescending(static insertion => insertion.Below.Declaration.SpanStart))
                root = insertion.Into(root);
            foreach (var insertion in inDocument)
                root = insertion.WithUsings(root);
            solution = solution.WithDocumentSyntaxRoot(inDocument.Key, root);
        }

        return solution;
    }

    private SyntaxNode Into(SyntaxNode root)
    {
        var index = Methods(Below.Declaration.SyntaxTree.GetRoot()).IndexOf(Below.Declaration);
        var below = Methods(root)[index];
        var endOfLine = LineBreaks.In(root);
        var added = Added.WithTrailingTrivia(endOfLine);
        if (IsApart(below))
            added = added.WithLeadingTrivia(added.GetLeadingTrivia().Insert(0, endOfLine));
        return root.InsertNodesAfter(below, [added]);
    }

    private static List<MethodDeclarationSyntax> Methods(SyntaxNode root) => root.DescendantNodes().OfType<MethodDeclarationSyntax>().ToList();

    /// <summary>True where the members of the type have blank lines between them.</summary>
    private static bool IsApart(MethodDeclarationSyntax below)
    {
        var type = (TypeDeclarationSyntax)below.Parent!;
        return type.Members.Count == 1
            ? type is not InterfaceDeclarationSyntax
            : type.Members.Skip(1).Any(static member => member.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia));
    }

    private SyntaxNode WithUsings(SyntaxNode root)
    {
        var position = Below.Declaration.SpanStart;
        root = UsingDirectives.AddMissing(root, Below.Semantics, position, ("System.Collections.Generic", "IReadOnlyCollection"));
        if (Added.Body is not null || Added.ExpressionBody is not null)
        {
            root = UsingDirectives.AddMissing(
                root, Below.Semantics, position, ("System.Linq", "Enumerable"), ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"));
        }
        else if (Added.ReturnType.ToString().Contains("ILookup"))
        {
            root = UsingDirectives.AddMissing(root, Below.Semantics, position, ("System.Linq", "ILookup"));
        }

        return root;
    }
}
