using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Documents;

namespace BackendPatterns.RuleTool.Checks;

/// <summary>What is wrong with the repository, as sentences; an empty list is a pass.</summary>
public sealed class RepositoryCheck(Repository repository, ImmutableArray<RuleFacts> rules, ImmutableArray<RuleOption> options)
{
    private const int LongestPage = 120;
    private const string FixSection = "Fix";
    private static readonly string[] Sections = ["What it flags", "Why it hurts", "Violation", FixSection, "When to suppress", "Options", "Known limits"];
    private static readonly string[] SetupSections = ["What it says", "What to do", "When to suppress"];

    /// <summary>Everything that can be said without compiling the sample.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (var rule in rules)
        {
            foreach (var finding in FilesOf(rule).Concat(PageOf(rule)))
                yield return finding;
        }

        foreach (var finding in Duplicates().Concat(OrphanPages()).Concat(OrphanPresets()))
            yield return finding;
        foreach (var finding in Differences())
            yield return finding;
    }

    /// <summary>The rules that the golden list of the sample never names, and where it differs from what the rules report today.</summary>
    public IEnumerable<string> SampleFindings(string expectedFile, string reports)
    {
        var expected = repository.TryRead(expectedFile) ?? "";
        foreach (var rule in rules.Where(rule => !rule.IsAboutSetup && !Regex.IsMatch(expected, $"^{rule.Id} ", RegexOptions.Multiline)))
            yield return $"{rule.Id}: no occurrence in {expectedFile}; add one to the sample and run 'bless'.";
        if (expected != reports)
            yield return $"{expectedFile} differs from what the rules report; read the difference, then run 'bless'.\n{LineDifference.Between(expected, reports)}";
    }

    private IEnumerable<string> FilesOf(RuleFacts rule)
    {
        if (!RuleCatalogue.Categories.Contains(rule.Category))
            yield return $"{rule.Id}: category '{rule.Category}' is not one of {string.Join(", ", RuleCatalogue.Categories)}.";
        if (rule.Descriptor.HelpLinkUri != Rule.HelpLink(rule.Id))
            yield return $"{rule.Id}: the help link is '{rule.Descriptor.HelpLinkUri}', expected '{Rule.HelpLink(rule.Id)}'.";
        foreach (var file in new[] { rule.AnalyzerFile, rule.Page }.Concat(rule.FixFiles))
        {
            if (!repository.Has(file))
                yield return $"{rule.Id}: '{file}' does not exist.";
        }

        if (!repository.HasAny(rule.TestFolder, rule.Id + "*Tests.cs"))
            yield return $"{rule.Id}: no '{rule.Id}…Tests.cs' in '{rule.TestFolder}'.";
    }

    private IEnumerable<string> PageOf(RuleFacts rule)
    {
        if (repository.TryRead(rule.Page) is not { } page)
            yield break;
        var lines = page.TrimEnd('\n').Split('\n');
        if (lines.Length > LongestPage)
            yield return $"{rule.Page}: {lines.Length} lines; a page has at most {LongestPage}.";
        if (lines[0].Trim() != $"# {rule.Id} {rule.Name}")
            yield return $"{rule.Page}: the first line has to be '# {rule.Id} {rule.Name}'.";
        foreach (var section in (rule.IsAboutSetup ? SetupSections : Sections)
                     .Where(section => section != FixSection || rule.Fix is not null)
                     .Where(section => !lines.Any(line => line.Trim().Equals("## " + section, StringComparison.OrdinalIgnoreCase))))
            yield return $"{rule.Page}: no section '## {section}'.";
        if (rule.IsAboutSetup)
            yield break;
        foreach (var block in rule.Fix is null ? ["violation", "ok"] : new[] { "violation", "fixed", "ok" })
        {
            if (!lines.Any(line => line.Trim() == "```csharp " + block))
                yield return $"{rule.Page}: no code block '```csharp {block}'.";
        }
    }

    private IEnumerable<string> Duplicates() =>
        rules.GroupBy(rule => rule.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {group.Count()} analyzers have this id.");

    private IEnumerable<string> OrphanPages() =>
        Directory.EnumerateFiles(repository.PathOf("docs/rules"), "BP*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(id => rules.All(rule => rule.Id != id))
            .Order(StringComparer.Ordinal)
            .Select(id => $"docs/rules/{id}.md: there is no rule {id}.");

    private IEnumerable<string> OrphanPresets() =>
        repository.Files(Presets.Folder, "*.globalconfig").Except(new Presets(rules).Files().Select(file => file.File))
            .Select(file => $"{file}: no mode and category has this file; delete it.");

    private IEnumerable<string> Differences() =>
        new GeneratedDocuments(repository, rules, options).Texts()
            .Where(file => repository.Has(file.File) || rules.All(rule => rule.Page != file.File))
            .Select(file => Difference(file.File, file.Text)).OfType<string>();

    private string? Difference(string file, Func<string> compute)
    {
        try
        {
            var (text, wanted) = (repository.TryRead(file) ?? "", compute());
            return text == wanted ? null : $"{file} is not what the descriptors say; run 'docs'.\n{LineDifference.Between(text, wanted)}";
        }
        catch (ToolFailure failure)
        {
            return failure.Message;
        }
    }
}
