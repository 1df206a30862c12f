using System.Collections.Immutable;
using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Checks;
using BackendPatterns.RuleTool.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.RuleTool.Tests;

/// <summary>What the files of the modes say to a compiler.</summary>
public class PresetTests
{
    private static readonly ImmutableArray<RuleFacts> Rules = RuleCatalogue.Rules();
    private static readonly Presets Presets = new(Rules);

    public static TheoryData<string> Modes => new(Presets.Names);

    [Theory]
    [MemberData(nameof(Modes))]
    public void Mode_GivesEveryRuleItsSeverity(string mode)
    {
        var severities = Read(mode);
        foreach (var rule in Rules)
            Assert.True(Effective(rule, severities) == Wanted(rule, mode), $"{mode}, {rule.Id}: {Effective(rule, severities)}");
        Assert.Subset(Rules.Where(rule => !rule.IsAboutSetup).Select(rule => rule.Id).ToHashSet(), severities.Keys.ToHashSet());
    }

    [Fact]
    public void EntriesThatChangeNothing_AreLeftOut()
    {
        Assert.Empty(Read("Recommended"));
        var byDefault = ImmutableDictionary<string, ReportDiagnostic>.Empty;
        foreach (var (id, severity) in Presets.Names.SelectMany(Read))
            Assert.NotEqual(Effective(Rules.Single(rule => rule.Id == id), byDefault), severity);
    }

    [Fact]
    public void File_IsGlobalAndOfALowLevel()
    {
        Assert.NotEmpty(Presets.Files());
        Assert.All(Presets.Files(), file =>
        {
            Assert.Contains("\nis_global = true\nglobal_level = -101\n", file.Text, StringComparison.Ordinal);
            Assert.Matches(@"^src/BackendPatterns\.Analyzers\.Package/buildTransitive/presets/[a-z]+\.[A-Za-z]+\.globalconfig$", file.File);
        });
    }

    [Fact]
    public void EveryCategoryOfRules_HasItsItemInTheTargets()
    {
        var items = Presets.TargetItems();
        Assert.All(Rules.Where(rule => !rule.IsAboutSetup), rule => Assert.Contains($"Include=\"{rule.Category}\"", items, StringComparison.Ordinal));
        Assert.DoesNotContain("Configuration", items, StringComparison.Ordinal);
    }

    /// <summary>The warning of the targets, the check of a wrong mode, is written by hand.</summary>
    [Fact]
    public void Targets_AcceptEveryMode()
    {
        var targets = Paths.Repository.Read(Presets.TargetsFile);
        Assert.All(Presets.Names, mode => Assert.Contains($"and '%(Asked)' != '{mode}'", targets, StringComparison.Ordinal));
        Assert.Contains($"it accepts {string.Join(", ", Presets.Names.SkipLast(1))} or {Presets.Names[^1]}, and {Presets.Default} is used instead", targets, StringComparison.Ordinal);
    }

    [Fact]
    public void FileOfNoMode_IsFound()
    {
        using var copy = new TemporaryRepository();
        copy.Repository.Write(Presets.Folder + "/loud.Security.globalconfig", "is_global = true\n");
        Assert.Contains(
            $"{Presets.Folder}/loud.Security.globalconfig: no mode and category has this file; delete it.",
            new RepositoryCheck(copy.Repository, Rules, RuleCatalogue.Options()).Findings());
    }

    private static ReportDiagnostic Wanted(RuleFacts rule, string mode) => (rule.IsAboutSetup, mode, rule.Severity) switch
    {
        (true, _, _) => ReportDiagnostic.Warn,
        (_, "None", _) => ReportDiagnostic.Suppress,
        (_, "All", "Info" or "off") => ReportDiagnostic.Warn,
        (_, "Strict", "Info") => ReportDiagnostic.Warn,
        (_, _, "off") => ReportDiagnostic.Suppress,
        (_, _, "Info") => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Warn,
    };

    private static ReportDiagnostic Effective(RuleFacts rule, IReadOnlyDictionary<string, ReportDiagnostic> severities) =>
        severities.TryGetValue(rule.Id, out var severity) ? severity
        : !rule.Descriptor.IsEnabledByDefault ? ReportDiagnostic.Suppress
        : rule.Descriptor.DefaultSeverity is DiagnosticSeverity.Info ? ReportDiagnostic.Info : ReportDiagnostic.Warn;

    /// <summary>The severities in the files of a mode, as the compiler reads them.</summary>
    private static ImmutableDictionary<string, ReportDiagnostic> Read(string mode)
    {
        var files = Presets.Files().Where(file => Path.GetFileName(file.File).StartsWith(mode.ToLowerInvariant() + ".", StringComparison.Ordinal));
        var set = AnalyzerConfigSet.Create(files.Select(file => AnalyzerConfig.Parse(SourceText.From(file.Text), "/" + file.File)).ToList(), out var problems);
        Assert.Empty(problems);
        return set.GlobalConfigOptions.TreeOptions.ToImmutableDictionary(entry => entry.Key.ToUpperInvariant(), entry => entry.Value);
    }
}
