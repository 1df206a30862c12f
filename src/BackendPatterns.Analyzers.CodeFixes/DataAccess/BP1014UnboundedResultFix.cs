using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// Fix of BP1014, where the endpoint queries itself: it takes a page number and a size, and loads that page. Callers who send neither get the first page, so this is for
/// a person to decide, one endpoint at a time.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1014UnboundedResultFix() : RuleFix(BP1014UnboundedResultAnalyzer.Id)
{
    private const string Page = "page";
    private const string Size = "pageSize";
    private const string Cap = $"Math.Clamp({Size}, 1, 100)";

    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } syntax
            || semantics.GetOperation(syntax, cancellationToken) is not IInvocationOperation call
            || BackendModel.For(semantics.Compilation) is var model && BP1014UnboundedList.Of(call, model, document.Project.AnalyzerOptions) is not { } list
            || ParametersOf(list.Handler, syntax, cancellationToken) is not { } parameters || PageOrder.Of(call, model) is not { } order
            || (order.Place is { } place && !place.AncestorsAndSelf().Contains(parameters.Parent))
            || !await IsOnlyServedAsync(list.Handler, document, cancellationToken).ConfigureAwait(false))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var query = access.Expression;
        var changed = root.ReplaceNodes(
            new SyntaxNode?[] { parameters, query, order.Place }.OfType<SyntaxNode>().Distinct(),
            (before, current) => before == parameters ? WithPage(parameters) : Paged((ExpressionSyntax)before, (ExpressionSyntax)current, query, order));
        var result = document.WithSyntaxRoot(UsingDirectives.AddMissing(changed, semantics, syntax.SpanStart, ("System", "Math"), ("System.Linq", "Queryable")));
        return await IfItCompilesAsync(document, node, result, "Return one page at a time", nameof(BP1014UnboundedResultFix), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The parameters of the handler, where the query stands in it; null elsewhere, where the names are taken, and where a type above says which parameters there are.</summary>
    private static ParameterListSyntax? ParametersOf(IMethodSymbol handler, SyntaxNode query, CancellationToken cancellationToken)
    {
        if (handler.DeclaringSyntaxReferences is not [var declaration] || declaration.SyntaxTree != query.SyntaxTree || handler.IsVirtual || handler.IsOverride || IsPromised(handler))
            return null;
        var syntax = declaration.GetSyntax(cancellationToken);
        var parameters = syntax switch
        {
            MethodDeclarationSyntax method => method.ParameterList,
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList,
            _ => null,
        };
        return parameters is not null && syntax.Contains(query) && !parameters.Parameters.Any(static parameter => parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
               && !syntax.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is Page or Size)
            ? parameters
            : null;
    }

    private static bool IsPromised(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary && method.ImplementedMembers().Any();

    /// <summary>A method that is mapped to a route is named there; whoever else calls the endpoint would get the first page only.</summary>
    private static Task<bool> IsOnlyServedAsync(IMethodSymbol handler, Document document, CancellationToken cancellationToken) =>
        AsyncEndpoint.IsOnlyCalledByFrameworkAsync(handler, document, cancellationToken, static mention =>
            mention.FirstAncestorOrSelf<ArgumentSyntax>() is { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } }
            && name.StartsWith("Map", StringComparison.Ordinal));

    private static ExpressionSyntax Paged(ExpressionSyntax before, ExpressionSyntax current, ExpressionSyntax query, PageOrder order)
    {
        var calls = new List<(string Name, ExpressionSyntax Argument)>();
        if (before == order.Place)
            calls.AddRange(order.Calls);
        if (before == query)
        {
            calls.Add(("Skip", SyntaxFactory.ParseExpression($"(Math.Max({Page}, 1) - 1) * {Cap}")));
            calls.Add(("Take", SyntaxFactory.ParseExpression(Cap)));
        }

        // What is written already tells the layout, unless a part of it has changed.
        return FluentChain.AppendCalls(before == order.Place ? before : current, calls);
    }

    private static ParameterListSyntax WithPage(ParameterListSyntax list)
    {
        var added = ((ParenthesizedLambdaExpressionSyntax)SyntaxFactory.ParseExpression($"(int {Page} = 1, int {Size} = 50) => 0")).ParameterList.Parameters;
        var at = list.Parameters.IndexOf(static parameter => parameter.Default is not null);
        var parameters = list.Parameters.ToList();
        parameters.InsertRange(at < 0 ? parameters.Count : at, added.Select(static parameter => parameter.WithoutTrivia()));
        var separators = list.Parameters.GetSeparators().ToList();
        while (separators.Count < parameters.Count - 1)
            separators.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        return list.WithParameters(SyntaxFactory.SeparatedList(parameters, separators));
    }
}
