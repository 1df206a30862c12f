using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>
/// The places that construct an endpoint type themselves, which is what its tests do: <c>new MarketsController(db)</c> becomes <c>new MarketsController(new MarketsService(db))</c>.
/// </summary>
/// <param name="Type">The endpoint type.</param>
/// <param name="ServiceName">The service, fully qualified.</param>
/// <param name="Takes">The parameters of the old constructor that the service takes, in the order of its own.</param>
/// <param name="Gone">The parameters of the old constructor that are gone; the service stands where the first was.</param>
internal sealed record ConstructionSites(INamedTypeSymbol Type, string ServiceName, ImmutableArray<IParameterSymbol> Takes, ImmutableArray<IParameterSymbol> Gone)
{
    /// <summary>Returns the solution with every simple construction changed; others are left, so that they do not compile and the extraction is refused.</summary>
    public async Task<Solution> UpdateAsync(Solution solution, Solution original, ProjectId project, CancellationToken cancellationToken)
    {
        var graph = original.GetProjectDependencyGraph();
        foreach (var id in graph.GetProjectsThatTransitivelyDependOnThisProject(project).Append(project))
        {
            foreach (var document in original.GetProject(id)!.Documents)
            {
                var text = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
                if (!text.Contains(Type.Name + "(") || solution.GetDocument(document.Id) is not { } current
                    || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
                    || await current.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) != semantics.SyntaxTree.GetRoot(cancellationToken))
                {
                    continue;
                }

                var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
                var sites = root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
                    .Where(creation => creation.ArgumentList is not null && semantics.GetTypeInfo(creation, cancellationToken).Type?.ToDisplayString() == Type.ToDisplayString()).ToList();
                if (sites.Count == 0)
                    continue;
                var changed = (CompilationUnitSyntax)root.ReplaceNodes(sites, (_, creation) => Changed(creation));
                // The directive goes again where the file has no use for it.
                if (ServiceName.LastIndexOf('.') is > 0 and var dot)
                    changed = UsingDirectives.Add(changed, ServiceName.Substring(0, dot).Replace("global::", ""), UsingDirectives.PlaceFor((CompilationUnitSyntax)root, sites[0].SpanStart));
                solution = solution.WithDocumentSyntaxRoot(document.Id, changed);
            }
        }

        return solution;
    }

    private SyntaxNode Changed(BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = creation.ArgumentList!.Arguments;
        var parameters = Gone[0].ContainingSymbol is IMethodSymbol constructor ? constructor.Parameters : ImmutableArray<IParameterSymbol>.Empty;
        if (arguments.Count != parameters.Length || arguments.Any(static argument => argument.NameColon is not null))
            return creation;
        // A value that both take must be the same object: a variable, not an expression that makes another one.
        if (Takes.Any(taken => !IsGone(taken) && arguments[taken.Ordinal].Expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax)))
            return creation;
        var type = SyntaxFactory.ParseTypeName(ServiceName).WithAdditionalAnnotations(Simplifier.Annotation).WithLeadingTrivia(SyntaxFactory.Space);
        var taken = Takes.Select(parameter => arguments[parameter.Ordinal].WithoutTrivia());
        var service = SyntaxFactory.ObjectCreationExpression(type).WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(taken, Enumerable.Repeat(Comma, Math.Max(0, Takes.Length - 1)))));
        var changed = arguments.Replace(arguments[Gone[0].Ordinal], SyntaxFactory.Argument(service).WithTriviaFrom(arguments[Gone[0].Ordinal]));
        foreach (var gone in Gone.Skip(1).Distinct<IParameterSymbol>(SymbolEqualityComparer.Default).OrderByDescending(static parameter => parameter.Ordinal))
            changed = changed.RemoveAt(gone.Ordinal);
        return creation.WithArgumentList(creation.ArgumentList.WithArguments(changed));
    }

    private static SyntaxToken Comma => SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);

    private bool IsGone(IParameterSymbol parameter) => Gone.Contains(parameter, SymbolEqualityComparer.Default);
}
