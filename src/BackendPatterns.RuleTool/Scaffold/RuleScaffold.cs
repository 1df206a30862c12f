using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BackendPatterns.RuleTool.Catalogue;

namespace BackendPatterns.RuleTool.Scaffold;

/// <summary>
/// The files of a new rule. They compile and their tests pass from the first minute, with a small complete example (<c>GC.Collect</c>) in the place
/// of the rule's own question.
/// </summary>
public sealed class RuleScaffold
{
    private readonly Repository _repository;
    private readonly string _id;
    private readonly string _name;
    private readonly string _category;

    /// <exception cref="ToolFailure">The id, name or category is not acceptable or already taken.</exception>
    public RuleScaffold(Repository repository, string id, string name, string category)
    {
        (_repository, _id, _name, _category) = (repository, id, name, category);
        if (!Regex.IsMatch(id, @"^BP\d{4}\z"))
            throw new ToolFailure($"'{id}' is not a rule id: BP and four digits.");
        if (!Regex.IsMatch(name, @"^[A-Z][A-Za-z0-9]+\z"))
            throw new ToolFailure($"'{name}' is not a rule name: letters and digits, the first one upper case, named after the pattern that is flagged.");
        var number = RuleCatalogue.Categories.IndexOf(category);
        if (number <= 0)
            throw new ToolFailure($"'{category}' is not a category of rules: {string.Join(", ", RuleCatalogue.Categories.Skip(1))}.");
        if (id[2] - '0' != number)
            throw new ToolFailure($"Rules of {category} have ids BP{number}000 to BP{number}999.");
    }

    /// <summary>Writes all files, or none where one of them already exists; returns their paths.</summary>
    /// <exception cref="ToolFailure">The rule exists.</exception>
    public ImmutableArray<string> Write()
    {
        var files = Files();
        foreach (var file in files.Keys.Where(_repository.Has))
            throw new ToolFailure($"'{file}' exists; ids are never reused and nothing is overwritten.");
        var releases = new Releases(_repository);
        var rows = releases.UnshippedRows();
        if (releases.IsShipped(_id) || rows.Any(row => row.Id == _id))
            throw new ToolFailure($"{_id} is already in the release files.");
        var unshipped = releases.Unshipped(rows.Add((_id, _category, "Info", _name)));
        foreach (var (file, text) in files)
            _repository.Write(file, text);
        _repository.Write(Releases.UnshippedFile, unshipped);
        return [.. files.Keys, Releases.UnshippedFile];
    }

    /// <summary>The texts of the new files by path.</summary>
    public ImmutableSortedDictionary<string, string> Files() => ImmutableSortedDictionary<string, string>.Empty
        .Add($"src/BackendPatterns.Analyzers/Rules/{_category}/{_id}{_name}Analyzer.cs", Fill(Templates.Analyzer))
        .Add($"src/BackendPatterns.Analyzers.CodeFixes/{_category}/{_id}{_name}Fix.cs", Fill(Templates.Fix))
        .Add($"tests/BackendPatterns.Analyzers.Tests/Rules/{_category}/{_id}{_name}Tests.cs", Fill(Templates.Tests))
        .Add($"docs/rules/{_id}.md", Fill(Templates.Page));

    private string Fill(string template) => Templates.Fill(template, _id, _name, _category);
}
