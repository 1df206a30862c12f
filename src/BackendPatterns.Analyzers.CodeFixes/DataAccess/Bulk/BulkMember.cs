using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A method and its only declaration, in the project that declares it.</summary>
/// <param name="Method">The method, as the compilation of that project knows it.</param>
/// <param name="Declaration">The declaration.</param>
/// <param name="Document">The document of the declaration.</param>
/// <param name="Semantics">Its semantic model.</param>
public sealed record BulkMember(IMethodSymbol Method, MethodDeclarationSyntax Declaration, Document Document, SemanticModel Semantics)
{
    /// <summary>
    /// Returns the member that declares a method, or null where it is declared elsewhere than in one place of this solution's source.
    /// </summary>
    public static async Task<BulkMember?> OfAsync(ISymbol method, Solution solution, CancellationToken cancellationToken)
    {
        if (method is not { DeclaringSyntaxReferences: [var reference] }
            || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not MethodDeclarationSyntax declaration
            || solution.GetDocument(reference.SyntaxTree) is not { } document || document is SourceGeneratedDocument
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || declaration.SyntaxTree != semantics.SyntaxTree
            || semantics.GetDeclaredSymbol(declaration, cancellationToken) is not IMethodSymbol declared)
        {
            return null;
        }

        return new BulkMember(declared, declaration, document, semantics);
    }

    /// <summary>
    /// Returns the methods that may run when a method is called: the method itself, or the implementations of an interface method. Null
    /// where one of them is not in this solution's source.
    /// </summary>
    public static async Task<IReadOnlyList<BulkMember>?> BodiesOfAsync(BulkMember called, CancellationToken cancellationToken)
    {
        if (called.Method.ContainingType.TypeKind is not TypeKind.Interface)
            return [called];
        if (!called.Method.IsAbstract)
            return null;
        var solution = called.Document.Project.Solution;
        var bodies = new List<BulkMember>();
        foreach (var implementation in await SymbolFinder.FindImplementationsAsync(called.Method, solution, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (await OfAsync(implementation, solution, cancellationToken).ConfigureAwait(false) is not { } body)
                return null;
            bodies.Add(body);
        }

        // One order, however they were found.
        bodies.Sort(static (one, other) => string.CompareOrdinal(one.Method.ToDisplayString(), other.Method.ToDisplayString()));
        return bodies.Count == 0 ? null : bodies;
    }
}
