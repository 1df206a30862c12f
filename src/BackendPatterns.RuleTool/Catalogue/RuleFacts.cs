using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.RuleTool.Catalogue;

/// <summary>What the two assemblies say about one rule or one message about the set-up.</summary>
/// <param name="Analyzer">A new instance of the analyzer.</param>
/// <param name="Fixes">New instances of its fixes, those that support Fix All first.</param>
public sealed record RuleFacts(PackageAnalyzer Analyzer, ImmutableArray<CodeFixProvider> Fixes)
{
    private const string Suffix = "Analyzer";

    public DiagnosticDescriptor Descriptor => Analyzer.Rule;

    /// <summary>True for a message BP0xxx about how the package is set up: nothing in the sample shows it, no code is wrong or fixed on its page, no preset changes it.</summary>
    public bool IsAboutSetup => Analyzer is SetupAnalyzer;

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

    /// <summary>The fix that Fix All applies, else the first one, or null where the rule has none.</summary>
    public CodeFixProvider? Fix => Fixes.FirstOrDefault();

    public bool FixesAll => Fix?.GetFixAllProvider() is not null;

    public string FixColumn => Fix is null ? "–" : FixesAll ? "yes, Fix All" : "yes";

    public string AnalyzerFile => $"src/BackendPatterns.Analyzers/Rules/{Category}/{Id}{Name}{Suffix}.cs";

    public IEnumerable<string> FixFiles => Fixes.Select(fix => $"src/BackendPatterns.Analyzers.CodeFixes/{Category}/{fix.GetType().Name}.cs");

    public string TestFolder => $"tests/BackendPatterns.Analyzers.Tests/Rules/{Category}";

    public string Page => $"docs/rules/{Id}.md";
}
