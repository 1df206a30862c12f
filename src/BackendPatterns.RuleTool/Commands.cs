using System.Collections.Immutable;
using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Checks;
using BackendPatterns.RuleTool.Documents;
using BackendPatterns.RuleTool.Measure;
using BackendPatterns.RuleTool.Sample;
using BackendPatterns.RuleTool.Scaffold;

namespace BackendPatterns.RuleTool;

/// <summary>The commands of the tool. Exit codes: 0 done, 1 the check found something, 2 the command could not be carried out.</summary>
public static class Commands
{
    private const string SampleProject = "samples/Markets.Api/Markets.Api.csproj";
    private const string ExpectedFile = "samples/Markets.Api/expected.txt";

    private const string Usage = """
        usage: dotnet run --project src/BackendPatterns.RuleTool -- <command> [--root <folder>]

          new <id> <Name> <Category>   writes analyzer, fix, tests, page and release row of a new rule
          docs                         rewrites everything that follows from the descriptors and options
          check                        says what docs and bless would change, and what a rule lacks; exit code 1 when there is something
          bless                        rewrites samples/Markets.Api/expected.txt with what the rules report today
          fix-sample <folder>          writes a copy of the sample with every fix applied to a new folder
          measure <options>            runs the corpus driver with several packages and prints what each costs; exit code 1 when an analyzer of the first one failed
            --set <name>=<dll or folder>   a package, this repository's first; once for each
            --corpus <file>                the driver's list of applications
            --driver <file>                the driver; without it, the variable BACKEND_PATTERNS_CORPUS_DRIVER names it
            --folder <dir>, --repo <name>  what to analyse, instead of all applications of the list
            --repeat <number>              passes of the warm run, 3
            --benchmarks <file>            takes over what the benchmarks wrote (alone, or together with the driver)
            --save                         rewrites docs/performance.json, its page and its plot
        """;

    /// <exception cref="ToolFailure">Wrong arguments, or something that the caller can mend.</exception>
    public static async Task<int> Run(string[] arguments)
    {
        var (root, words) = Root([.. arguments]);
        switch (words)
        {
            case ["new", var id, var name, var category]:
                return New(Find(root), id, name, category);
            case ["docs"]:
                return Docs(Find(root));
            case ["check"]:
                return await Check(Find(root));
            case ["bless"]:
                return await Bless(Find(root));
            case ["fix-sample", var folder]:
                return await FixSample(Find(root), folder);
            case ["measure", .. var options]:
                return new MeasureCommand(Find(root), MeasureArguments.Parse(options), MeasureTables.OfProcess()).Run();
            case [] or ["help" or "--help" or "-h"]:
                Console.WriteLine(Usage);
                return 0;
            default:
                throw new ToolFailure($"Not a command: '{string.Join(' ', words)}'\n\n{Usage}");
        }
    }

    private static (string? Root, ImmutableArray<string> Words) Root(ImmutableArray<string> words)
    {
        var at = words.IndexOf("--root");
        if (at < 0)
            return (null, words);
        if (at + 1 == words.Length)
            throw new ToolFailure("--root needs a folder.");
        return (words[at + 1], words.RemoveRange(at, 2));
    }

    private static Repository Find(string? root)
    {
        if (root is not null && !Directory.Exists(root))
            throw new ToolFailure($"There is no folder '{root}'.");
        return Repository.Around(root ?? Environment.CurrentDirectory);
    }

    private static int New(Repository repository, string id, string name, string category)
    {
        foreach (var file in new RuleScaffold(repository, id, name, category).Write())
            Console.WriteLine($"wrote {file}");
        Console.WriteLine("Next: write the rule, add an occurrence to the sample, then run 'docs' and 'bless'.");
        return 0;
    }

    private static int Docs(Repository repository)
    {
        var files = new GeneratedDocuments(repository, RuleCatalogue.Rules(), RuleCatalogue.Options()).Compute();
        foreach (var (file, text) in files.Where(file => repository.TryRead(file.Key) != file.Value))
        {
            repository.Write(file, text);
            Console.WriteLine($"wrote {file}");
        }

        return 0;
    }

    private static async Task<int> Check(Repository repository)
    {
        var rules = RuleCatalogue.Rules();
        var check = new RepositoryCheck(repository, rules, RuleCatalogue.Options());
        var findings = check.Findings().ToList();
        var reports = await SampleReports.Of(ProjectLoader.Open(repository.PathOf(SampleProject)), rules);
        findings.AddRange(check.SampleFindings(ExpectedFile, reports.Text));
        foreach (var finding in findings)
            Console.WriteLine(finding);
        Console.WriteLine(findings.Count == 0
            ? $"{rules.Length} rules, {reports.Lines.Length} reports in the sample: everything is as generated."
            : $"{findings.Count} findings.");
        return findings.Count == 0 ? 0 : 1;
    }

    private static async Task<int> Bless(Repository repository)
    {
        var reports = await SampleReports.Of(ProjectLoader.Open(repository.PathOf(SampleProject)), RuleCatalogue.Rules());
        var before = repository.TryRead(ExpectedFile) ?? "";
        Summarize(reports);
        if (before == reports.Text)
        {
            Console.WriteLine($"{ExpectedFile} is unchanged.");
            return 0;
        }

        repository.Write(ExpectedFile, reports.Text);
        Console.WriteLine($"wrote {ExpectedFile}\n{LineDifference.Between(before, reports.Text)}");
        return 0;
    }

    private static async Task<int> FixSample(Repository repository, string folder)
    {
        var rules = RuleCatalogue.Rules();
        var project = ProjectLoader.Open(repository.PathOf(SampleProject));
        var copy = new SampleCopy(project, folder);
        var (result, log) = await new SampleFixer(rules).Apply(project);
        foreach (var line in log)
            Console.WriteLine(line);
        copy.Write(result);
        Console.WriteLine($"wrote {folder}; what is left:");
        Summarize(await SampleReports.Of(result, rules));
        return 0;
    }

    private static void Summarize(SampleReports reports)
    {
        foreach (var group in reports.Diagnostics.GroupBy(diagnostic => diagnostic.Id).OrderBy(group => group.Key, StringComparer.Ordinal))
            Console.WriteLine($"{group.Key}: {group.Count()}");
        Console.WriteLine($"{reports.Lines.Length} reports");
    }
}
