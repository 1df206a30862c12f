using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Results;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>An endpoint type whose data access went into a service.</summary>
/// <param name="Solution">The solution with the service; null where the extraction is not provable.</param>
/// <param name="Title">What was done, in the imperative.</param>
/// <param name="Refusal">The reason where there is no solution.</param>
internal sealed record ServiceExtraction(Solution? Solution, string? Title, string? Refusal)
{
    /// <summary>The endpoint type where some of its data access would have to stay; null for every other outcome.</summary>
    private EndpointWithData? Stays { get; init; }

    /// <summary>
    /// Extracts the service of the endpoint type around a node, and checks that everything still compiles. Anonymous types become records where data access would have to stay otherwise.
    /// </summary>
    /// <param name="document">The file.</param>
    /// <param name="node">A node in the type.</param>
    /// <param name="moves">True for the types that the endpoint must not take.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<ServiceExtraction> OfAsync(Document document, SyntaxNode node, Func<ITypeSymbol, bool> moves, CancellationToken cancellationToken)
    {
        if (!document.Project.Solution.Workspace.CanApplyChange(ApplyChangesKind.AddDocument))
            return Refused("no files can be added");
        var extraction = await OfAsync(document.Project.Solution, document, node, moves, cancellationToken).ConfigureAwait(false);
        return extraction is { Stays: { } stays } && await ResultRecords.InsteadOfAnonymousTypesAsync(stays, cancellationToken).ConfigureAwait(false) is var (named, type)
            ? await OfAsync(document.Project.Solution, named, type, moves, cancellationToken).ConfigureAwait(false)
            : extraction;
    }

    private static async Task<ServiceExtraction> OfAsync(Solution before, Document document, SyntaxNode node, Func<ITypeSymbol, bool> moves, CancellationToken cancellationToken)
    {
        var project = document.Project;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return Refused("no semantics");
        if (EndpointShape.Of(document, node, semantics, moves, out var refusal, cancellationToken) is not { } endpoint)
            return Refused(refusal);
        if (ServiceName.For(endpoint.IsTopLevel ? null : endpoint.Type, endpoint.Values.First(static value => value.Moves).Type, semantics.Compilation) is not { } name)
            return Refused("no free name");
        var place = ServicePlace.Of(document, endpoint.IsTopLevel ? null : endpoint.Type, semantics.Compilation, cancellationToken);
        var names = EndpointNames.For(endpoint, name, place);
        if (EndpointSplit.Of(endpoint, names, out refusal, cancellationToken) is not { } split)
            return Refused(refusal) with { Stays = refusal == ActionSplit.DataStays ? new EndpointWithData(endpoint, names, place) : null };
        if (split.Methods.IsEmpty)
            return await WithoutUnusedAsync(endpoint, split, cancellationToken).ConfigureAwait(false);
        if (await RegistrationPlace.FindAsync(project, cancellationToken).ConfigureAwait(false) is not { } registration)
            return Refused("no place to register a service");
        var text = new ServiceText(name, place, split.Takes, split.Methods, IsPublic(endpoint, registration.Document.Project.Id != project.Id), names.HasPrimaryConstructor);
        var solution = await new ExtractedFiles(endpoint, text, split, registration).WriteAsync(cancellationToken).ConfigureAwait(false);
        return await ExtractionCheck.FirstErrorAsync(before, solution, NamesToWatch(endpoint, text), cancellationToken).ConfigureAwait(false) is { } error
            ? Refused(error)
            : new ServiceExtraction(solution, $"Extract '{name}'", Refusal: null);
    }

    /// <summary>Nothing uses what the type takes: it goes, and no service is needed.</summary>
    private static async Task<ServiceExtraction> WithoutUnusedAsync(EndpointShape endpoint, EndpointSplit split, CancellationToken cancellationToken)
    {
        var document = await ExtractedFiles.WithContainerAsync(endpoint, split, cancellationToken).ConfigureAwait(false);
        var solution = document.Project.Solution;
        var names = string.Join("', '", split.Gone.Select(static value => value.Symbol.Name));
        return await ExtractionCheck.FirstErrorAsync(endpoint.Document.Project.Solution, solution, [endpoint.Type.Name], cancellationToken).ConfigureAwait(false) is { } error
            ? Refused(error)
            : new ServiceExtraction(solution, $"Remove unused '{names}'", Refusal: null);
    }

    /// <summary>What other files may notice: the endpoint's constructor, the new types, and a new namespace, which takes precedence over what <c>Services.Mail</c> meant before.</summary>
    private static string[] NamesToWatch(EndpointShape endpoint, ServiceText text)
    {
        var space = text.Place.Class.Namespace;
        return space.Length == 0 || ServiceUsings.IsNamespace(space, endpoint.Semantics.Compilation)
            ? [endpoint.Type.Name, text.Name]
            : [endpoint.Type.Name, text.Name, space.Substring(space.LastIndexOf('.') + 1) + "."];
    }

    private static ServiceExtraction Refused(string? reason) => new(null, null, reason ?? "unknown");

    /// <summary>A public controller takes its service in a public constructor; what only handlers take may stay inside the assembly.</summary>
    private static bool IsPublic(EndpointShape endpoint, bool isRegisteredOutside) =>
        endpoint.Type.DeclaredAccessibility is Accessibility.Public || isRegisteredOutside;
}
