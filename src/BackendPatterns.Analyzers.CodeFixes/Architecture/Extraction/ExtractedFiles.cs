using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The solution with a new service: its files, the endpoint that uses it, its registration.</summary>
internal sealed record ExtractedFiles(EndpointShape Endpoint, ServiceText Text, EndpointSplit Split, RegistrationPlace Registration)
{
    public async Task<Solution> WriteAsync(CancellationToken cancellationToken)
    {
        var before = Endpoint.Document.Project.Solution;
        var root = (CompilationUnitSyntax)Endpoint.Container.SyntaxTree.GetRoot(cancellationToken);
        var solution = before;
        var added = new List<DocumentId>();
        foreach (var (place, fileName, unit) in Text.Write(Endpoint))
        {
            var id = DocumentId.CreateNewId(Endpoint.Document.Project.Id);
            solution = solution.AddDocument(id, fileName, unit, place.Folders, NewFile.PathOf(place, fileName));
            added.Add(id);
        }

        solution = await WithEndpointAsync(solution, root, cancellationToken).ConfigureAwait(false);
        if (!Split.Gone.IsEmpty && Text.Takes.All(static taken => taken.Value.Handler is null))
        {
            var sites = new ConstructionSites(Endpoint.Type, ClassName, Text.Takes.Select(static taken => taken.Value.Parameter).ToImmutableArray(), Split.Gone.Select(static value => value.Parameter).ToImmutableArray());
            solution = await sites.UpdateAsync(solution, before, Endpoint.Document.Project.Id, cancellationToken).ConfigureAwait(false);
        }

        foreach (var id in added)
            solution = await NewFile.FinishedAsync(solution, id, Endpoint.Document, cancellationToken).ConfigureAwait(false);
        foreach (var id in solution.GetChanges(before).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()).ToList())
            solution = (await FinishedAsync(solution.GetDocument(id)!, before.GetDocument(id), cancellationToken).ConfigureAwait(false)).Project.Solution;
        return solution;
    }

    /// <summary>Returns the endpoint's file with nothing but the type changed.</summary>
    public static Task<Document> WithContainerAsync(EndpointShape endpoint, EndpointSplit split, CancellationToken cancellationToken) =>
        FinishedAsync(
            endpoint.Document.WithSyntaxRoot(endpoint.Container.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(endpoint.Container, split.Container)), endpoint.Document, cancellationToken);

    /// <summary>The endpoint's file and that of the registration, which may be one.</summary>
    private async Task<Solution> WithEndpointAsync(Solution solution, CompilationUnitSyntax root, CancellationToken cancellationToken)
    {
        var registered = (CompilationUnitSyntax)(await Registration.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var isSame = Registration.Document.Id == Endpoint.Document.Id;
        CompilationUnitSyntax changed;
        if (!isSame)
        {
            changed = Endpoint.IsTopLevel ? (CompilationUnitSyntax)Split.Container : root.ReplaceNode(Endpoint.Container, Split.Container);
            var place = UsingDirectives.PlaceFor(registered, Registration.Statement.SpanStart);
            registered = WithUsings((CompilationUnitSyntax)Registration.Write(registered, ContractName, ClassName), place);
            solution = solution.WithDocumentSyntaxRoot(Registration.Document.Id, registered);
        }
        else if (Endpoint.IsTopLevel || Registration.Statement.Ancestors().Contains(Endpoint.Container))
        {
            // Both are in one declaration: the registration is found again in the changed one.
            changed = Endpoint.IsTopLevel ? (CompilationUnitSyntax)Split.Container : root.ReplaceNode(Endpoint.Container, Split.Container);
            var statement = changed.DescendantNodes().FirstOrDefault(node => node.RawKind == Registration.Statement.RawKind && node.ToString() == Registration.Statement.ToString());
            if (statement?.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.ToString() == Registration.Chain.ToString()) is { } chain)
                changed = (CompilationUnitSyntax)(Registration with { Statement = statement, Chain = chain }).Write(changed, ContractName, ClassName);
            changed = WithUsings(changed, UsingDirectives.PlaceFor(changed, changed.SpanStart));
        }
        else
        {
            var tracked = root.TrackNodes(Registration.Statement is BlockSyntax ? [Endpoint.Container, Registration.Statement] : [Endpoint.Container, Registration.Statement, Registration.Chain]);
            tracked = tracked.ReplaceNode(tracked.GetCurrentNode(Endpoint.Container)!, Split.Container);
            var current = Registration with { Statement = tracked.GetCurrentNode(Registration.Statement)!, Chain = tracked.GetCurrentNode(Registration.Chain) ?? Registration.Chain };
            changed = WithUsings((CompilationUnitSyntax)current.Write(tracked, ContractName, ClassName), UsingDirectives.PlaceFor(registered, Registration.Statement.SpanStart));
        }

        changed = WithUsing(changed, Text.Place.Interface.Namespace, UsingDirectives.PlaceFor(root, Endpoint.Container.SpanStart));
        return solution.WithDocumentSyntaxRoot(Endpoint.Document.Id, changed);
    }

    private string ContractName => "global::" + Qualified(Text.Place.Interface.Namespace, "I" + Text.Name);

    private string ClassName => "global::" + Qualified(Text.Place.Class.Namespace, Text.Name);

    private static string Qualified(string space, string name) => space.Length == 0 ? name : space + "." + name;

    private CompilationUnitSyntax WithUsings(CompilationUnitSyntax root, int place) => WithUsing(WithUsing(root, Text.Place.Interface.Namespace, place), Text.Place.Class.Namespace, place);

    private static CompilationUnitSyntax WithUsing(CompilationUnitSyntax root, string space, int place) =>
        space.Length == 0 || root.Usings.Any(directive => directive.Alias is null && directive.Name?.ToString() == space) ? root : UsingDirectives.Add(root, space, place);

    private static async Task<Document> FinishedAsync(Document document, Document? before, CancellationToken cancellationToken)
    {
        document = await Simplifier.ReduceAsync(document, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        document = await ServiceUsings.WithoutUnusedAsync(document, before, cancellationToken).ConfigureAwait(false);
        return await Formatter.FormatAsync(document, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
