using System.Text;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>Makes the descriptors of this package.</summary>
public static class Rule
{
    /// <summary>The page that documents a rule; the descriptor's help link.</summary>
    public static string HelpLink(string id) => $"{RepositoryLinks.Repository}/blob/main/docs/rules/{id}.md";

    /// <summary>A further tag of rules that are about security and stand in another category: code scanning knows it.</summary>
    public const string Security = "security";

    /// <summary>
    /// Returns the descriptor of one rule; its category is its first tag. The parameter names are those of <see cref="DiagnosticDescriptor"/>, because the
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
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, description, HelpLink(id), [TagOf(category), .. customTags]);

    /// <summary>A category as those who read SARIF filter by it: <c>data-access</c>.</summary>
    private static string TagOf(string category)
    {
        var tag = new StringBuilder(category.Length + 2);
        foreach (var letter in category)
        {
            if (char.IsUpper(letter) && tag.Length > 0)
                tag.Append('-');
            tag.Append(char.ToLowerInvariant(letter));
        }

        return tag.ToString();
    }
}
