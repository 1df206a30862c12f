using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>The projects that mutated documents are put in. Each is compiled once; a document replaces one file of it, and all else is shared, as it is in an editor.</summary>
internal sealed class Surroundings
{
    /// <summary>How many scenarios share one project. Each has a namespace of its own there; what the compiler and the rules do once per project is most of the time of a small file.</summary>
    public const int Together = 16;

    private const string Sample = "sample";
    private const string Valid = "valid code";
    private const string Program = "program";
    private const string Library = "library";

    private static readonly ImmutableArray<ImmutableArray<string>> MissingLibraries =
    [
        ["Microsoft.EntityFrameworkCore"],
        ["Microsoft.AspNetCore"],
        ["Microsoft.Extensions", "Dapper", "Polly"],
        ["System.Linq", "System.Collections"],
        ["Microsoft.", "System.", "netstandard", "mscorlib"],
    ];

    private readonly ConcurrentDictionary<string, Lazy<Project>> _projects = new();

    /// <summary>Divides documents into those that can be in one project at the same time.</summary>
    public static IEnumerable<ImmutableArray<MutatedDocument>> Batches(IEnumerable<MutatedDocument> documents)
    {
        foreach (var project in documents.GroupBy(ProjectName))
        {
            // A program has one file with statements, and a file of a project can be changed in one way at a time.
            var size = project.Key == Program ? 1 : Together;
            foreach (var chunk in project.Chunk(size))
            {
                var left = chunk.ToList();
                while (left.Count > 0)
                {
                    var batch = left.DistinctBy(document => IsWholeFile(document) ? document.Seed.Name : document.Number.ToString(CultureInfo.InvariantCulture)).ToImmutableArray();
                    left.RemoveAll(document => batch.Contains(document));
                    yield return batch;
                }
            }
        }
    }

    /// <summary>Returns the documents of a batch in their project, as a new solution.</summary>
    public ImmutableArray<Document> Place(ImmutableArray<MutatedDocument> batch)
    {
        var project = Get(ProjectName(batch[0]));
        var solution = project.Solution;
        var ids = new List<DocumentId>();
        foreach (var mutated in batch)
        {
            var file = IsWholeFile(mutated) ? mutated.Seed.Name : Slot(ids.Count);
            var text = IsWholeFile(mutated) || mutated.Seed.IsProgram ? mutated.Text : InNamespace(mutated.Text, ids.Count);
            ids.Add(project.Documents.First(document => document.FilePath == file).Id);
            solution = solution.WithDocumentText(ids[^1], SourceText.From(text));
        }

        return [.. ids.Select(id => solution.GetDocument(id)!)];
    }

    /// <summary>Returns a source beside the shop, as a library.</summary>
    public Document Place(string text)
    {
        var slot = Get(Library).Documents.First(document => document.FilePath == Slot(0));
        return slot.Project.Solution.WithDocumentText(slot.Id, SourceText.From(text)).GetDocument(slot.Id)!;
    }

    /// <summary>Returns a scenario in a namespace of its own, where it does not have one.</summary>
    public static string InNamespace(string text, int slot)
    {
        if (text.Contains("namespace ", StringComparison.Ordinal))
            return text;
        var start = 0;
        while (text.AsSpan(start).StartsWith("using ", StringComparison.Ordinal) && text.IndexOf('\n', start) is >= 0 and var end)
            start = end + 1;
        return text.Insert(start, $"namespace Slot{slot.ToString(CultureInfo.InvariantCulture)};\n");
    }

    private static bool IsWholeFile(MutatedDocument mutated) => mutated.Seed.Origin is Origin.Sample or Origin.ValidCode;

    private static string Slot(int number) => $"Test{number.ToString(CultureInfo.InvariantCulture)}.cs";

    // One scenario of thirty lacks libraries.
    private static string ProjectName(MutatedDocument mutated) => mutated.Seed.Origin switch
    {
        Origin.Sample => Sample,
        Origin.ValidCode => Valid,
        _ when mutated.Seed.IsProgram => Program,
        _ when mutated.Number % 30 == 7 => (mutated.Number / 30 % MissingLibraries.Length).ToString(CultureInfo.InvariantCulture),
        _ => Library,
    };

    private Project Get(string name) => _projects.GetOrAdd(name, static name => new Lazy<Project>(() => name switch
    {
        Sample => ProjectInMemory.Of(WebProject("samples/Markets.Api"), TestReferences.All, OutputKind.ConsoleApplication),
        Valid => ProjectInMemory.Of(WebProject("tests/ValidCode"), TestReferences.All, OutputKind.DynamicallyLinkedLibrary),
        Program => Scenario(TestReferences.All, OutputKind.ConsoleApplication),
        Library => Scenario(TestReferences.All, OutputKind.DynamicallyLinkedLibrary),
        _ => Scenario(TestReferences.Without([.. MissingLibraries[int.Parse(name, CultureInfo.InvariantCulture)]]), OutputKind.DynamicallyLinkedLibrary),
    })).Value;

    private static Project Scenario(ImmutableArray<MetadataReference> references, OutputKind output) =>
        ProjectInMemory.Of([("GlobalUsings.cs", Shop.GlobalUsings), ("Shop.cs", Shop.Domain), .. Enumerable.Range(0, Together).Select(slot => (Slot(slot), ""))], references, output);

    private static ImmutableArray<(string Path, string Text)> WebProject(string folder) => SourceFolder.Read(folder).Files.Add(("ImplicitUsings.cs", SourceFolder.ImplicitUsings));
}
