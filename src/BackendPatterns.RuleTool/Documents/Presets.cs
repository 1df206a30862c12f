using System.Collections.Immutable;
using System.Text;
using BackendPatterns.RuleTool.Catalogue;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.RuleTool.Documents;

/// <summary>
/// The values of the MSBuild property <c>BackendPatternsMode</c> and the severities that each of them gives to the rules: one global analyzer config per mode and category, which
/// names the rules whose severity the mode changes and no other, so that everything else stays open to categories in an <c>.editorconfig</c>.
/// </summary>
public sealed class Presets(ImmutableArray<RuleFacts> rules)
{
    /// <summary>The folder of the files in the repository.</summary>
    public const string Folder = "src/BackendPatterns.Analyzers.Package/buildTransitive/presets";

    /// <summary>The property of all categories; that of one category has the category's name after it.</summary>
    public const string Property = "BackendPatternsMode";

    /// <summary>The mode of who sets nothing: the severities of the descriptors, without a file.</summary>
    public const string Default = "Recommended";

    /// <summary>The targets that choose the files; the list of the categories in it is generated.</summary>
    public const string TargetsFile = Folder + "/Presets.targets";

    // Below the -100 of the SDK's own analysis levels, the 0 of a file that a project names, and the 100 of a '.globalconfig'.
    private const int Level = -101;

    private static readonly ImmutableArray<(string Mode, string Meaning, Func<RuleFacts, string> SeverityOf)> Modes =
    [
        ("None", "every rule is off; single rules are switched on by their ids", _ => "none"),
        (Default, "the severities of the table of rules", SeverityOf),
        ("Strict", "as Recommended, and what is only information becomes a warning", rule => rule.Descriptor is { IsEnabledByDefault: true, DefaultSeverity: DiagnosticSeverity.Info } ? "warning" : SeverityOf(rule)),
        ("All", "as Strict, and the rules that are off by default are warnings too", rule => SeverityOf(rule) is "none" or "suggestion" ? "warning" : SeverityOf(rule)),
    ];

    /// <summary>The names of the modes, from the quietest to the loudest.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Modes.Select(mode => mode.Mode)];

    /// <summary>The categories with rules, which are those that a mode can be set for.</summary>
    public ImmutableArray<string> Categories { get; } = [.. RuleCatalogue.Categories.Where(category => rules.Any(rule => rule.Category == category && !rule.IsAboutSetup))];

    /// <summary>The files by path, with their texts.</summary>
    public IEnumerable<(string File, string Text)> Files() =>
        from mode in Modes
        where mode.Mode != Default
        from category in Categories
        select (FileOf(mode.Mode, category), TextOf(mode, category));

    /// <summary>One item per category: the mode that its property or that of all categories asks for.</summary>
    public string TargetItems() => string.Concat(Categories.Select(category =>
        $"    <_BackendPatternsMode Include=\"{category}\" Mode=\"$([MSBuild]::ValueOrDefault('$({Property}{category}.Trim())', '$({Property}.Trim())').ToLowerInvariant())\" Asked=\"$({Property}{category}.Trim())\" />\n"));

    /// <summary>A table of the modes, what each of them means, and how many rules have which severity.</summary>
    public string ModeTable()
    {
        var table = new StringBuilder($"| `{Property}` | Meaning | warning | suggestion | off |\n|---|---|---|---|---|\n");
        foreach (var (mode, meaning, severityOf) in Modes)
        {
            var counts = Rules().ToLookup(severityOf);
            table.Append($"| `{mode}`{(mode == Default ? " (default)" : "")} | {char.ToUpperInvariant(meaning[0])}{meaning[1..]} | {counts["warning"].Count()} | {counts["suggestion"].Count()} | {counts["none"].Count()} |\n");
        }

        return table.ToString();
    }

    /// <summary>A table of the categories with the number of their rules, and the rules whose severity depends on the mode.</summary>
    public string CategoryTable()
    {
        var table = new StringBuilder("| Category | Ids | Rules | Raised by `Strict` and `All` | Only in `All` |\n|---|---|---|---|---|\n");
        foreach (var category in Categories)
        {
            var own = Rules().Where(rule => rule.Category == category).ToList();
            table.Append($"| `{category}` | BP{RuleCatalogue.Categories.IndexOf(category)}xxx | {own.Count} | {Ids(own, "suggestion")} | {Ids(own, "none")} |\n");
        }

        return table.ToString();

        static string Ids(IEnumerable<RuleFacts> own, string severity) =>
            string.Join(", ", own.Where(rule => SeverityOf(rule) == severity).Select(rule => rule.Id)) is { Length: > 0 } ids ? ids : "–";
    }

    /// <summary>The head of the table of build properties, and the rows of those that choose modes.</summary>
    public string PropertyTable() =>
        $"""
        | Property | Values | Default | Meaning |
        |---|---|---|---|
        | `{Property}` | {string.Join(", ", Names)} | {Default} | The severities of all rules. |
        {string.Concat(Categories.Select(category => $"| `{Property}{category}` | {string.Join(", ", Names)} | that of `{Property}` | The severities of the rules of {category}. |\n"))}
        """;

    /// <summary>The severity of a rule as a configuration file writes it, where nothing else is said.</summary>
    private static string SeverityOf(RuleFacts rule) => rule.Descriptor switch
    {
        { IsEnabledByDefault: false } => "none",
        { DefaultSeverity: DiagnosticSeverity.Error } => "error",
        { DefaultSeverity: DiagnosticSeverity.Warning } => "warning",
        { DefaultSeverity: DiagnosticSeverity.Info } => "suggestion",
        _ => "silent",
    };

    private static string FileOf(string mode, string category) => $"{Folder}/{mode.ToLowerInvariant()}.{category}.globalconfig";

    private IEnumerable<RuleFacts> Rules() => rules.Where(rule => !rule.IsAboutSetup);

    private string TextOf((string Mode, string Meaning, Func<RuleFacts, string> SeverityOf) mode, string category)
    {
        var text = new StringBuilder($"# {Property} {mode.Mode}, {category}: {mode.Meaning}.\n")
            .Append($"# Generated by the rule tool: dotnet run --project src/BackendPatterns.RuleTool docs\nis_global = true\nglobal_level = {Level}\n\n");
        foreach (var rule in Rules().Where(rule => rule.Category == category && mode.SeverityOf(rule) != SeverityOf(rule)))
            text.Append($"dotnet_diagnostic.{rule.Id}.severity = {mode.SeverityOf(rule)}\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }
}
