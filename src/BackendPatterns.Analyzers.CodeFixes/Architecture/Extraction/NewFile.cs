using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The new files of an extraction: header, directives and namespace as in the files around them.</summary>
internal static class NewFile
{
    private const string Indentation = "    ";

    /// <summary>Returns the root of a file with types. Unneeded directives are in it; it is not formatted.</summary>
    public static CompilationUnitSyntax Of(EndpointShape endpoint, ServicePlace service, NewFilePlace place, ImmutableArray<ServiceMethod> methods, params MemberDeclarationSyntax[] types)
    {
        var original = (CompilationUnitSyntax)endpoint.Container.SyntaxTree.GetRoot();
        for (var i = 1; i < types.Length; i++)
            types[i] = types[i].WithLeadingTrivia(types[i].GetLeadingTrivia().Insert(0, SyntaxFactory.LineFeed));
        var isBlock = IsInBlock(endpoint, service);
        if (isBlock && place.Namespace.Length > 0)
            types = Array.ConvertAll(types, Indented);
        var usings = ServiceUsings.For(original, endpoint, service, place.Namespace, types, methods);
        var unit = SyntaxFactory.ParseCompilationUnit(FileHeader.Of(original) + string.Concat(usings.Select(static text => text + "\n")) + (usings.Count > 0 ? "\n" : "")
            + (place.Namespace.Length == 0 ? "" : isBlock ? $"namespace {place.Namespace}\n{{\n}}\n" : $"namespace {place.Namespace};\n\n"));
        if (unit.Members.FirstOrDefault() is NamespaceDeclarationSyntax block)
            return unit.ReplaceNode(block, block.WithMembers(SyntaxFactory.List(types)));
        // What stands between the last directive, or the file-scoped namespace, and the end of the file goes above the first type.
        types[0] = types[0].WithLeadingTrivia(unit.EndOfFileToken.LeadingTrivia.AddRange(types[0].GetLeadingTrivia()));
        unit = unit.WithEndOfFileToken(SyntaxFactory.Token(SyntaxKind.EndOfFileToken));
        return unit.Members.FirstOrDefault() is FileScopedNamespaceDeclarationSyntax space
            ? unit.ReplaceNode(space, space.WithMembers(SyntaxFactory.List(types)))
            : unit.WithMembers(SyntaxFactory.List(types));
    }

    /// <summary>Returns the solution with a new file simplified, without directives that it has no use for, formatted, with the line breaks and the encoding of the endpoint's file.</summary>
    public static async Task<Solution> FinishedAsync(Solution solution, DocumentId id, Document endpoint, CancellationToken cancellationToken)
    {
        var root = (await endpoint.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var document = await Simplifier.ReduceAsync(solution.GetDocument(id)!, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        document = await ServiceUsings.WithoutUnusedAsync(document, before: null, cancellationToken).ConfigureAwait(false);
        document = await Formatter.FormatAsync(document, cancellationToken: cancellationToken).ConfigureAwait(false);
        var text = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
        return document.Project.Solution.WithDocumentText(id, SourceText.From(WithLineBreaks(text, LineBreaks.In(root).ToFullString()), endpoint.TryGetText(out var own) ? own.Encoding : null));
    }

    /// <summary>Returns the path of a file, or null where the documents around it have none.</summary>
    public static string? PathOf(NewFilePlace place, string fileName) => place.Directory is null ? null : place.Directory.Length == 0 ? fileName : place.Directory + "/" + fileName;

    private static string WithLineBreaks(string text, string lineBreak) => text.Replace("\r\n", "\n").TrimEnd('\n').Replace("\n", lineBreak) + lineBreak;

    private static bool IsInBlock(EndpointShape endpoint, ServicePlace service) =>
        endpoint.Semantics.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp10 }
        || (service.Sibling?.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>() ?? endpoint.Container.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()) is NamespaceDeclarationSyntax;

    /// <summary>The formatter moves the first line of a statement only: all lines of moved code go to where it will stand.</summary>
    private static MemberDeclarationSyntax Indented(MemberDeclarationSyntax type)
    {
        var text = type.ToFullString();
        var start = type.FullSpan.Start;
        var indentations = type.DescendantNodes().OfType<BlockSyntax>().Where(static body => body.Parent is MethodDeclarationSyntax).SelectMany(static body => body.DescendantTrivia())
            .Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.FullSpan.Start > start && text[trivia.FullSpan.Start - start - 1] == '\n');
        return type.ReplaceTrivia(indentations, static (trivia, _) => SyntaxFactory.Whitespace(trivia.ToString() + Indentation));
    }
}
