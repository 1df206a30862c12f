using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Writes a stance on endpoints: an attribute on an action or a controller, a call at the end of a <c>Map…</c> chain.</summary>
/// <param name="attribute">The simple name of the attribute, in <c>Microsoft.AspNetCore.Authorization</c>.</param>
/// <param name="method">The name of the extension method for endpoint builders.</param>
public sealed class EndpointStanceRewriter(string attribute, string method)
{
    private const string Namespace = "Microsoft.AspNetCore.Authorization";

    /// <summary>Returns the title for what stands at a place: <c>Add [Authorize]</c> or <c>Add .RequireAuthorization()</c>. Null where nothing can be written.</summary>
    public async Task<string?> TitleAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics)
            return null;
        return TargetOf(root, diagnostic) switch
        {
            MemberDeclarationSyntax => $"Add [{attribute}]",
            InvocationExpressionSyntax chain when Compiles(chain, semantics) => $"Add .{method}()",
            _ => null,
        };
    }

    /// <summary>Returns the document with the stance at every reported place.</summary>
    public async Task<Document> RewriteAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics)
        {
            return document;
        }

        var targets = diagnostics.Select(diagnostic => TargetOf(root, diagnostic)).OfType<SyntaxNode>()
            .Where(target => target is not InvocationExpressionSyntax chain || Compiles(chain, semantics)).Distinct().ToList();
        var endOfLine = root.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found ? found : SyntaxFactory.LineFeed;
        var positions = targets.OfType<MemberDeclarationSyntax>().Select(static declaration => declaration.SpanStart).ToList();
        var import = positions.Count > 0 ? AttributeImport.Of(Namespace, attribute, semantics, positions) : null;
        var changed = root.ReplaceNodes(targets, (_, current) => current switch
        {
            MemberDeclarationSyntax declaration => AddedAttribute.On(declaration, import!.Name, endOfLine),
            InvocationExpressionSyntax chain => CallChain.Append(chain, method, endOfLine),
            _ => current,
        });
        return document.WithSyntaxRoot(import?.AddTo(changed) ?? changed);
    }

    private static SyntaxNode? TargetOf(SyntaxNode root, Diagnostic diagnostic) => root.FindToken(diagnostic.Location.SourceSpan.Start).Parent switch
    {
        MethodDeclarationSyntax action => action,
        ClassDeclarationSyntax controller => controller,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } } => CallChain.EndOf(call),
        _ => null,
    };

    private bool Compiles(InvocationExpressionSyntax chain, SemanticModel semantics)
    {
        var appended = CallChain.Append(chain.WithoutTrivia(), method, SyntaxFactory.LineFeed);
        return semantics.GetSpeculativeSymbolInfo(chain.SpanStart, appended, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol { ContainingNamespace: { } space }
            && space.ToDisplayString() == "Microsoft.AspNetCore.Builder"
            && SymbolEqualityComparer.Default.Equals(
                semantics.GetTypeInfo(chain).Type,
                semantics.GetSpeculativeTypeInfo(chain.SpanStart, appended, SpeculativeBindingOption.BindAsExpression).Type);
    }
}
