using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The <c>using</c> directives of new files: all that code from the endpoint's file may need; those without use go when the file is bound.</summary>
internal static class ServiceUsings
{
    /// <summary>Unnecessary directive, and one that a global directive repeats.</summary>
    private static readonly HashSet<string> Unused = new(StringComparer.Ordinal) { "CS8019", "CS8933" };

    public static IReadOnlyList<string> For(
        CompilationUnitSyntax original, EndpointShape endpoint, ServicePlace place, string @namespace, IEnumerable<SyntaxNode> types, ImmutableArray<ServiceMethod> methods)
    {
        var spaces = new HashSet<string>(StringComparer.Ordinal) { place.Interface.Namespace };
        var others = new List<string>();
        foreach (var directive in original.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>())
        {
            if (directive.GlobalKeyword.RawKind != 0)
                continue;
            if (directive.Alias is null && directive.StaticKeyword.RawKind == 0 && directive.Name is { } name)
                spaces.Add(name.ToString());
            else
                others.Add(directive.WithoutTrivia().ToString());
        }

        for (var space = endpoint.Type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            spaces.Add(space.ToDisplayString());
        spaces.UnionWith(methods.SelectMany(static method => method.Namespaces));
        foreach (var name in types.SelectMany(static type => type.DescendantNodes()).OfType<QualifiedNameSyntax>())
        {
            var text = name.Left.ToString();
            if (text.StartsWith("global::", StringComparison.Ordinal) && IsNamespace(text.Substring("global::".Length), endpoint.Semantics.Compilation))
                spaces.Add(text.Substring("global::".Length));
        }

        spaces.RemoveWhere(space => space.Length == 0 || @namespace == space || @namespace.StartsWith(space + ".", StringComparison.Ordinal));
        return spaces.OrderBy(static space => space != "System" && !space.StartsWith("System.", StringComparison.Ordinal)).ThenBy(static space => space, StringComparer.OrdinalIgnoreCase)
            .Select(static space => $"using {space};").Concat(others).ToList();
    }

    /// <summary>Returns the file without the directives that it has no use for; of a file that was there before, only those that it had a use for then, or did not have.</summary>
    public static async Task<Document> WithoutUnusedAsync(Document document, Document? before, CancellationToken cancellationToken)
    {
        var unused = await UnusedInAsync(document, cancellationToken).ConfigureAwait(false);
        if (before is not null && unused.Count > 0)
        {
            var known = new HashSet<string>((await UnusedInAsync(before, cancellationToken).ConfigureAwait(false)).Select(static directive => directive.ToString()), StringComparer.Ordinal);
            unused.RemoveAll(directive => known.Contains(directive.ToString()));
        }

        if (unused.Count == 0)
            return document;
        var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var first = root.Usings.FirstOrDefault();
        var header = first is not null && unused.Contains(first) ? first.GetLeadingTrivia() : default;
        var tracked = root.TrackNodes(unused);
        // What stands above the file's first directive is put back as it was; what is kept of it here would be there twice.
        if (header.Count > 0)
            tracked = tracked.ReplaceNode(tracked.GetCurrentNode(first!)!, tracked.GetCurrentNode(first!)!.WithLeadingTrivia());
        var changed = tracked.RemoveNodes(tracked.GetCurrentNodes<SyntaxNode>(unused), SyntaxRemoveOptions.KeepDirectives)!;
        if (header.Count > 0)
        {
            var token = changed.GetFirstToken(includeZeroWidth: true);
            // A file without directives begins with its namespace, not with the blank line below them.
            var own = changed.Usings.Count == 0 ? SyntaxFactory.TriviaList(token.LeadingTrivia.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))) : token.LeadingTrivia;
            changed = changed.ReplaceToken(token, token.WithLeadingTrivia(header.AddRange(own)));
        }
        else if (changed.Usings.Count == 0 && root.Usings.Count > 0)
        {
            var token = changed.GetFirstToken(includeZeroWidth: true);
            changed = changed.ReplaceToken(token, token.WithLeadingTrivia(token.LeadingTrivia.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
        }

        return document.WithSyntaxRoot(changed);
    }

    private static async Task<List<UsingDirectiveSyntax>> UnusedInAsync(Document document, CancellationToken cancellationToken)
    {
        var semantics = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return semantics.GetDiagnostics(cancellationToken: cancellationToken).Where(static diagnostic => Unused.Contains(diagnostic.Id))
            .Select(diagnostic => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<UsingDirectiveSyntax>())
            .OfType<UsingDirectiveSyntax>().Distinct().ToList();
    }

    /// <summary>True for a namespace that something is in.</summary>
    internal static bool IsNamespace(string name, Compilation compilation)
    {
        INamespaceSymbol? space = compilation.GlobalNamespace;
        foreach (var part in name.Split('.'))
            space = space?.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault();
        return space is not null;
    }
}
