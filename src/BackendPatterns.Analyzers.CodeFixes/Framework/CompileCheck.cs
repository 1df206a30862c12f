using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Framework;

/// <summary>Compiles what a fix changes before the fix is offered.</summary>
public static class CompileCheck
{
    /// <summary>A public member without documentation: a fix writes it where the member that it goes next to has some.</summary>
    private const string MissingDocumentation = "CS1591";

    /// <summary>
    /// True where the member around <paramref name="place"/>, a node of <paramref name="before"/>, has no error in <paramref
    /// name="after"/> and no warning that it did not have. Where members or usings were added, which any other member may notice, the
    /// whole file is compared.
    /// </summary>
    public static async Task<bool> PassesAsync(Document before, SyntaxNode place, Document after, CancellationToken cancellationToken)
    {
        var oldSemantics = await before.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var newSemantics = await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (oldSemantics is null || newSemantics is null)
            return false;
        var oldPlace = place.MemberAround();
        var oldRoot = await oldSemantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var newPlace = await newSemantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        if (oldPlace != oldRoot && SamePlace(oldPlace, oldRoot, newPlace) is { } samePlace)
            newPlace = samePlace;
        else
            oldPlace = oldRoot;
        var oldCounts = Count(oldSemantics, oldPlace, cancellationToken);
        foreach (var pair in Count(newSemantics, newPlace, cancellationToken))
        {
            if (!oldCounts.TryGetValue(pair.Key, out var count) || pair.Value > count)
                return false;
        }

        return true;
    }

    /// <summary>
    /// The same for a change of several documents: around the place, and in every other document that changed.
    /// </summary>
    public static async Task<bool> PassesAsync(Document before, SyntaxNode place, Solution after, CancellationToken cancellationToken)
    {
        var solution = before.Project.Solution;
        foreach (var id in after.GetChanges(solution).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()))
        {
            if (solution.GetDocument(id) is not { } old || after.GetDocument(id) is not { } changed)
                return false;
            var changedPlace = id == before.Id ? place : await old.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (changedPlace is null || !await PassesAsync(old, changedPlace, changed, cancellationToken).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    /// <summary>Returns the member in the changed file, or null where members or usings came or went.</summary>
    private static SyntaxNode? SamePlace(SyntaxNode member, SyntaxNode oldRoot, SyntaxNode newRoot)
    {
        var oldOutline = Outline(oldRoot).ToList();
        var newOutline = Outline(newRoot).ToList();
        return oldOutline.Count == newOutline.Count ? newOutline.ElementAtOrDefault(oldOutline.IndexOf(member)) : null;
    }

    private static IEnumerable<SyntaxNode> Outline(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .Where(node => node is MemberDeclarationSyntax or UsingDirectiveSyntax);

    private static Dictionary<string, int> Count(SemanticModel semantics, SyntaxNode node, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var diagnostic in semantics.GetDiagnostics(node.Span, cancellationToken))
        {
            if (diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != MissingDocumentation)
                counts[diagnostic.Id] = (counts.TryGetValue(diagnostic.Id, out var count) ? count : 0) + 1;
        }

        return counts;
    }
}
