using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.RuleTool.Catalogue;

/// <summary>What the two assemblies say about one rule.</summary>
/// <param name="Analyzer">A new instance of the analyzer.</param>
/// <param name="Fix">A new instance of its fix, or null where it has none.</param>
public sealed record RuleFacts(RuleAnalyzer Analyzer, CodeFixProvider? Fix)
{
    private const string Suffix = "Analyzer";

    public DiagnosticDescriptor Descriptor => Analyzer.Rule;

    public string Id => Descriptor.Id;

    public string Category => Descriptor.Category;

    /// <summary>The name of the pattern that is flagged: the type's name without id and suffix.</summary>
    public string Name
    {
        get
        {
            var type = Analyzer.GetType().Name;
            return type.StartsWith(Id, StringComparison.Ordinal) && type.EndsWith(Suffix, StringComparison.Ordinal) && type.Length > Id.Length + Suffix.Length
                ? type[Id.Length..^Suffix.Length]
                : throw new ToolFailure($"The analyzer of {Id} is called '{type}'; it has to be {Id}<Name>{Suffix}.");
        }
    }

    public string Severity => Descriptor.IsEnabledByDefault ? Descriptor.DefaultSeverity.ToString() : "off";

    public bool FixesAll => Fix?.GetFixAllProvider() is not null;

    public string FixColumn => Fix is null ? "–" : FixesAll ? "yes, Fix All" : "yes";

    public string AnalyzerFile => $"src/BackendPatterns.Analyzers/Rules/{Category}/{Id}{Name}{Suffix}.cs";

    public string FixFile => $"src/BackendPatterns.Analyzers.CodeFixes/{Category}/{Id}{Name}Fix.cs";

    public string TestFile => $"tests/BackendPatterns.Analyzers.Tests/Rules/{Category}/{Id}{Name}Tests.cs";

    public string Page => $"docs/rules/{Id}.md";
}
