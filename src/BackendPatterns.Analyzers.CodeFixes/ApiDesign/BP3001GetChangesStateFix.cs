using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.ApiDesign;

/// <summary>BP3001: lets the endpoint answer POST. Its clients have to change with it, so a person decides each one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP3001GetChangesStateFix() : RuleFix(BP3001GetChangesStateAnalyzer.Id)
{
    private const string Title = "Answer POST instead of GET (its clients have to change)";

    private static readonly HashSet<string> Navigations = new(StringComparer.Ordinal)
    {
        "View", "PartialView", "Page", "Redirect", "RedirectPermanent", "RedirectPreserveMethod", "LocalRedirect", "RedirectToAction", "RedirectToRoute", "RedirectToPage",
    };

    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || BackendModel.For(semantics.Compilation).Endpoints is not { } endpoints
            || NameToChange(node, endpoints, semantics, cancellationToken) is not { } name)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var renamed = SyntaxFactory.Identifier(name.Identifier.ValueText.Replace("Get", "Post")).WithTriviaFrom(name.Identifier);
        var after = document.WithSyntaxRoot(root.ReplaceToken(name.Identifier, renamed));
        return await IfItCompilesAsync(document, node, after, Title, nameof(BP3001GetChangesStateFix), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns <c>HttpGet</c> or <c>MapGet</c>; null where another endpoint answers POST under the same address, or a browser comes here by itself.</summary>
    private static SimpleNameSyntax? NameToChange(SyntaxNode node, EndpointModel endpoints, SemanticModel semantics, CancellationToken cancellation) => node switch
    {
        MethodDeclarationSyntax action => VerbOf(action, semantics) is { } verb && semantics.GetDeclaredSymbol(action, cancellation) is { } method && IsFree(method, endpoints)
                                          && !IsNavigatedTo(action, semantics.Compilation, cancellation)
            ? verb
            : null,
        IdentifierNameSyntax { Identifier.ValueText: "MapGet", Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax mapping } } map =>
            semantics.GetOperation(mapping, cancellation) is IInvocationOperation call && IsFree(call, endpoints) && !Navigates(mapping) ? map : null,
        _ => null,
    };

    private static SimpleNameSyntax? VerbOf(MethodDeclarationSyntax action, SemanticModel semantics)
    {
        SimpleNameSyntax? verb = null;
        foreach (var attribute in action.AttributeLists.SelectMany(static list => list.Attributes))
        {
            if (semantics.GetSymbolInfo(attribute).Symbol?.ContainingType is not { } type || !type.IsIn("Microsoft.AspNetCore.Mvc"))
                continue;
            if (type.Name is "AcceptVerbsAttribute" || (type.Name.StartsWith("Http", StringComparison.Ordinal) && (type.Name is not "HttpGetAttribute" || verb is not null)))
                return null;
            if (type.Name is "HttpGetAttribute")
                verb = attribute.Name as SimpleNameSyntax ?? (attribute.Name as QualifiedNameSyntax)?.Right;
        }

        return verb is { Identifier.ValueText: "HttpGet" or "HttpGetAttribute" } ? verb : null;
    }

    private static bool IsFree(IMethodSymbol action, EndpointModel endpoints)
    {
        var type = action.ContainingType;
        if (!endpoints.Controllers.Contain(type))
            return false;
        var own = AddressOf(endpoints.ActionOf(action, type));
        return !endpoints.Of(type).Any(other =>
            !SymbolEqualityComparer.Default.Equals(other.Handler, action) && MayAnswerPost(other.Verbs) && AddressOf(other) == own);
    }

    private static bool IsFree(IInvocationOperation call, EndpointModel endpoints) =>
        PatternOf(call) is { } own
        && !endpoints.MapCallsInSource.Any(other => (PatternOf(other) ?? own) == own && endpoints.MappedBy(other) is { Verbs: var verbs } && MayAnswerPost(verbs));

    private static bool MayAnswerPost(HttpVerbs verbs) => verbs is HttpVerbs.Unknown || (verbs & HttpVerbs.Post) != 0;

    /// <summary>The route with its parameters unnamed; the name where conventions make the route.</summary>
    private static string AddressOf(Endpoint endpoint) => endpoint.Route is { } route ? Unnamed(route) : endpoint.Name;

    private static string? PatternOf(IInvocationOperation call) => call.Argument("pattern")?.ConstantValue is { HasValue: true, Value: string pattern } ? Unnamed(pattern) : null;

    private static string Unnamed(string route) =>
        string.Join("/", route.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Select(static segment => segment.StartsWith("{", StringComparison.Ordinal) ? "{}" : segment.ToLowerInvariant()));

    /// <summary>True where a browser shows what the action answers, or is sent to it by a redirect: it asks with GET.</summary>
    private static bool IsNavigatedTo(MethodDeclarationSyntax action, Compilation compilation, CancellationToken cancellation) =>
        Navigates(action)
        || compilation.SyntaxTrees.Any(tree => TreeWords.Mentions(tree, "RedirectToAction", cancellation) && TreeWords.Mentions(tree, action.Identifier.ValueText, cancellation)
            && tree.GetRoot(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
                NameOf(call) is "RedirectToAction" or "RedirectToActionPermanent" && call.ArgumentList.ToString().Contains(action.Identifier.ValueText)));

    private static bool Navigates(SyntaxNode code) => code.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(static call => Navigations.Contains(NameOf(call)));

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => "",
    };
}
