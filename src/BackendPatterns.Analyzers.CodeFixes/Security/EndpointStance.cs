using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// A stance that an endpoint can take: an attribute on an action or a controller, a call at the end of a <c>Map…</c> chain.
/// </summary>
/// <param name="attribute">The simple name of the attribute, in <c>Microsoft.AspNetCore.Authorization</c>.</param>
/// <param name="method">The name of the extension method for endpoint builders.</param>
internal sealed class EndpointStance(string attribute, string method)
{
    private const string Namespace = "Microsoft.AspNetCore.Authorization";

    /// <summary>
    /// True where the endpoint at a reported place has the stance: a report before it, on the same chain or on its controller, was fixed
    /// already.
    /// </summary>
    public bool StandsAt(SyntaxNode place, SemanticModel semantics) => TargetOf(place, semantics) switch
    {
        MemberDeclarationSyntax declaration =>
            IsOn(declaration, semantics)
            || (declaration is MethodDeclarationSyntax { Parent: ClassDeclarationSyntax type } && IsOn(type, semantics)),
        InvocationExpressionSyntax chain => FluentChain.CallsOf(chain).Any(call =>
            call.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == method),
        _ => false,
    };

    /// <summary>
    /// Returns the title for what stands at a reported place: <c>Add [Authorize]</c> or <c>Add .RequireAuthorization()</c>. Null where
    /// nothing can be written.
    /// </summary>
    public string? TitleAt(SyntaxNode place, SemanticModel semantics) => TargetOf(place, semantics) switch
    {
        MemberDeclarationSyntax => $"Add [{attribute}]",
        InvocationExpressionSyntax chain when Compiles(chain, semantics) => $"Add .{method}()",
        _ => null,
    };

    /// <summary>Returns the document with the stance at a place that has a title.</summary>
    public Document WriteAt(SyntaxNode place, Document document, SemanticModel semantics)
    {
        var root = (CompilationUnitSyntax)place.SyntaxTree.GetRoot();
        var endOfLine = LineBreaks.In(root);
        switch (TargetOf(place, semantics))
        {
            case MemberDeclarationSyntax declaration:
                var import = AttributeImport.Of(Namespace, attribute, semantics, declaration.SpanStart);
                root = root.ReplaceNode(declaration, AddedAttribute.On(declaration, import.Name, endOfLine));
                return document.WithSyntaxRoot(import.AddTo(root));
            case InvocationExpressionSyntax chain:
                return document.WithSyntaxRoot(root.ReplaceNode(chain, FluentChain.Append(chain, method, endOfLine)));
            default:
                return document;
        }
    }

    private bool IsOn(MemberDeclarationSyntax declaration, SemanticModel semantics) =>
        declaration.AttributeLists.SelectMany(static list => list.Attributes).Any(candidate =>
            semantics.GetSymbolInfo(candidate).Symbol?.ContainingType is { } type && type.Name == attribute + "Attribute"
                && type.IsIn(Namespace));

    private static SyntaxNode? TargetOf(SyntaxNode place, SemanticModel semantics) => place switch
    {
        // Razor pages know attributes on the page model only.
        MethodDeclarationSyntax { Parent: ClassDeclarationSyntax page } when semantics.GetDeclaredSymbol(page) is { } type && IsPageModel(type) => page,
        MethodDeclarationSyntax or ClassDeclarationSyntax => place,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } } => FluentChain.EndOf(call),
        _ => null,
    };

    private static bool IsPageModel(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == "PageModel" && current.IsIn("Microsoft.AspNetCore.Mvc.RazorPages"))
                return true;
        }

        return false;
    }

    private bool Compiles(InvocationExpressionSyntax chain, SemanticModel semantics)
    {
        var appended = FluentChain.Append(chain.WithoutTrivia(), method, SyntaxFactory.LineFeed);
        var symbol = semantics.GetSpeculativeSymbolInfo(chain.SpanStart, appended, SpeculativeBindingOption.BindAsExpression).Symbol;
        return symbol is IMethodSymbol && symbol.IsIn("Microsoft.AspNetCore.Builder")
            && SymbolEqualityComparer.Default.Equals(
                semantics.GetTypeInfo(chain).Type,
                semantics.GetSpeculativeTypeInfo(chain.SpanStart, appended, SpeculativeBindingOption.BindAsExpression).Type);
    }
}
