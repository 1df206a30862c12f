using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>Makes the descriptors of this package.</summary>
public static class Rule
{
    /// <summary>The page that documents a rule; the descriptor's help link.</summary>
    public static string HelpLink(string id) => $"{RepositoryLinks.Repository}/blob/main/docs/rules/{id}.md";

    /// <summary>
    /// Returns the descriptor of one rule. The parameter names are those of <see cref="DiagnosticDescriptor"/>, because the
    /// release-tracking and metadata rules of Microsoft.CodeAnalysis.Analyzers recognise a factory by that shape only.
    /// </summary>
    public static DiagnosticDescriptor Create(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity,
        string description,
        bool isEnabledByDefault = true,
        params string[] customTags) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, description, HelpLink(id), customTags);
}
