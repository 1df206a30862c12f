using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Code of a region as it reads in the service: dependencies by their names there, values of the endpoint as parameters, static members with their types.</summary>
/// <param name="region">The region.</param>
/// <param name="scope">The handler.</param>
/// <param name="values">The parameters by the text of the values.</param>
internal sealed class MovedCode(Region region, SplitScope scope, IReadOnlyDictionary<string, string> values)
{
    /// <summary>The column of statements in a class of a file with a namespace for all of it.</summary>
    public const string BodyIndentation = "        ";

    /// <summary>Returns a node of the region as it reads in the service, at the column of a method body.</summary>
    public TNode Rewrite<TNode>(TNode node)
        where TNode : SyntaxNode
    {
        var places = new Dictionary<SyntaxNode, ExpressionSyntax>();
        foreach (var mark in region.Marks)
        {
            if (node.Span.Contains(mark.Span))
                places[Place(mark.Node)] = Written(mark);
        }

        // First the columns, which are those of the file; only then the words, which are new.
        var tracked = Indentation.Change(node.TrackNodes(places.Keys), Indentation.Of(region.First), BodyIndentation);
        foreach (var place in places)
        {
            if (tracked.GetCurrentNode(place.Key) is { } current)
                tracked = tracked.ReplaceNode(current, place.Value.WithTriviaFrom(current));
        }

        return tracked;
    }

    private ExpressionSyntax Written(CodeMark mark) => mark.Kind switch
    {
        MarkKind.Value => SyntaxFactory.IdentifierName(values[mark.Node.ToString()]),
        MarkKind.Constant => ConstantValue.LiteralOf(mark.Symbol!)!.WithoutTrivia(),
        MarkKind.Alias => CrossingTypes.Write((ITypeSymbol)mark.Symbol!),
        MarkKind.Static => SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            (ExpressionSyntax)CrossingTypes.Write(mark.Symbol!.ContainingType),
            ((SimpleNameSyntax)mark.Node).WithoutTrivia()).WithAdditionalAnnotations(Simplifier.Annotation),
        _ => SyntaxFactory.IdentifierName(scope.Dependencies.NameOf(mark.Symbol!)!),
    };

    private static SyntaxNode Place(SyntaxNode name) =>
        name is SimpleNameSyntax && name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } qualified && qualified.Name == name ? qualified : name;
}
