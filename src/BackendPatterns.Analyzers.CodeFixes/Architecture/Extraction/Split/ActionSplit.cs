using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>A handler whose data access went into methods of a service.</summary>
/// <param name="Handler">The handler as it becomes: the same declaration with another body; its parameters are untouched.</param>
/// <param name="Draft">The service with the methods that this handler needs.</param>
public sealed record ActionSplit(SyntaxNode Handler, ServiceDraft Draft)
{
    /// <summary>
    /// Moves the data access of one handler. Returns null where it is not provable that the handler does the same afterwards, or where a moved
    /// dependency would stay used; <paramref name="refusal"/> says why. A handler without data access is returned as it is.
    /// </summary>
    /// <param name="handler">A method, a lambda, an anonymous method or a local function.</param>
    /// <param name="dependencies">What moves, and what the service may take besides.</param>
    /// <param name="semantics">The model of the handler's file.</param>
    /// <param name="draft">The service so far; it is not changed.</param>
    /// <param name="service">The expression that names the service in the handler: <c>_marketService</c>.</param>
    /// <param name="refusal">The reason for a null answer.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static ActionSplit? Of(
        SyntaxNode handler, ServiceDependencies dependencies, SemanticModel semantics, ServiceDraft draft, string service, out string? refusal, CancellationToken cancellationToken)
    {
        refusal = "not split yet";
        return null;
    }
}
