using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>A method that returns a query, with everything in the solution that has to change when it returns rows: its declarations and its calls.</summary>
internal sealed class Materialisation
{
    private readonly Solution _solution;
    private readonly List<MaterialisedMethod> _methods;
    private readonly List<EnumeratedCall> _calls;

    private Materialisation(Solution solution, List<MaterialisedMethod> methods, List<EnumeratedCall> calls, string name)
    {
        _solution = solution;
        _methods = methods;
        _calls = calls;
        Name = name;
    }

    /// <summary>The name of the method that returns rows.</summary>
    public string Name { get; }

    /// <summary>
    /// Returns what has to change, or null where something cannot: a declaration that is not in source or does not return a query of EF Core, a call that composes the query, keeps it
    /// or cannot await, and where nothing calls it, so that nothing shows what its callers need.
    /// </summary>
    public static async Task<Materialisation?> OfAsync(Document document, MethodDeclarationSyntax declaration, CancellationToken cancellationToken)
    {
        if (!MaterialisedMethod.HasShape(declaration)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetDeclaredSymbol(declaration, cancellationToken) is not IMethodSymbol method)
        {
            return null;
        }

        var solution = document.Project.Solution;
        var found = (await SymbolFinder.FindReferencesAsync(method, solution, cancellationToken).ConfigureAwait(false)).ToList();
        var methods = await MethodsAsync(found, method, solution, cancellationToken).ConfigureAwait(false);
        if (methods is null || NameFor(method, methods) is not { } name)
            return null;
        var calls = await CallsAsync(found, methods, solution, cancellationToken).ConfigureAwait(false);
        return calls is null or { Count: 0 } ? null : new Materialisation(solution, methods, calls, name);
    }

    /// <summary>Returns the changed solution, or null where a document has no syntax.</summary>
    public async Task<Solution?> ApplyAsync(CancellationToken cancellationToken)
    {
        var changed = _solution;
        foreach (var id in _methods.Select(static method => method.Document.Id).Concat(_calls.Select(static call => call.Document.Id)).Distinct())
        {
            var document = _solution.GetDocument(id)!;
            var methods = _methods.Where(method => method.Document.Id == id).ToList();
            var calls = _calls.Where(call => call.Document.Id == id).ToList();
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
                return null;
            var changes = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
            methods.ForEach(method => method.AddTo(changes, Name));
            calls.ForEach(call => call.AddTo(changes, Name));
            var rewritten = root.ReplaceNodes(changes.Keys, (before, current) => changes[before](current));
            foreach (var method in methods)
                rewritten = UsingDirectives.AddMissing(rewritten, semantics, method.Syntax.SpanStart, method.Names);
            foreach (var call in calls)
                rewritten = UsingDirectives.AddMissing(rewritten, semantics, call.Whole.SpanStart, call.Names);
            changed = changed.WithDocumentSyntaxRoot(id, rewritten);
        }

        return changed;
    }

    private static async Task<List<MaterialisedMethod>?> MethodsAsync(List<ReferencedSymbol> found, IMethodSymbol method, Solution solution, CancellationToken cancellationToken)
    {
        var methods = new List<MaterialisedMethod>();
        foreach (var definition in found.Select(static one => one.Definition).Append(method))
        {
            if (await BulkMember.OfAsync(definition, solution, cancellationToken).ConfigureAwait(false) is not { } member)
                return null;
            if (methods.Any(known => known.Syntax == member.Declaration))
                continue;
            if (MaterialisedMethod.Of(member, cancellationToken) is not { } materialised)
                return null;
            methods.Add(materialised);
        }

        return methods.All(static one => !one.HasBody) ? null : methods;
    }

    private static async Task<List<EnumeratedCall>?> CallsAsync(List<ReferencedSymbol> found, List<MaterialisedMethod> methods, Solution solution, CancellationToken cancellationToken)
    {
        var calls = new List<EnumeratedCall>();
        foreach (var place in found.SelectMany(static one => one.Locations))
        {
            if (calls.Any(known => known.Document.Id == place.Document.Id && known.NameSpan == place.Location.SourceSpan))
                continue;
            if (place.IsImplicit || place.IsCandidateLocation || solution.GetDocument(place.Document.Id) is null or SourceGeneratedDocument
                || await EnumeratedCall.AtAsync(place, cancellationToken).ConfigureAwait(false) is not { } call
                || methods.Any(method => method.Returned.Any(returned => returned.Contains(call.Whole))))
            {
                return null;
            }

            calls.Add(call);
        }

        return calls;
    }

    /// <summary>
    /// Returns the name with the suffix <c>Async</c>, or without it where the asynchronous methods of the type have none; null where the name is taken.
    /// </summary>
    private static string? NameFor(IMethodSymbol method, List<MaterialisedMethod> methods)
    {
        const string Suffix = "Async";
        var tasks = method.ContainingType.GetMembers().Where(static member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary } other && other.ReturnType.IsTask()).ToList();
        if (method.Name.EndsWith(Suffix, StringComparison.Ordinal) || (tasks.Count > 0 && !tasks.Any(static member => member.Name.EndsWith(Suffix, StringComparison.Ordinal))))
            return method.Name;
        var name = method.Name + Suffix;
        return methods.Any(one => HasMember(one.Method.ContainingType, name)) ? null : name;
    }

    private static bool HasMember(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty)
                return true;
        }

        return type.AllInterfaces.Any(contract => !contract.GetMembers(name).IsEmpty);
    }
}
