using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>The long run: <c>dotnet run --project tests/BackendPatterns.Analyzers.Tests -c Release -- fuzz</c>. Exit codes: 0 nothing failed, 1 something did, 2 wrong arguments.</summary>
internal static class FuzzCommand
{
    private const string Usage = """
        usage: fuzz [--seed <number>] [--documents <count>] [--from <number>] [--minutes <count>] [--threads <count>] [--out <folder>]

          Analyses mutated documents of the sample, the valid code, the rule pages and the test sources with all rules, and applies fixes.
          --seed       which list of documents (1)
          --documents  how many of the list (200000)
          --from       the number of the first one (0); with --documents 1 one finding is repeated
          --minutes    stops earlier
          --threads    how many documents at a time (as many as there are processors)
          --out        the folder for what failed (artifacts/fuzz): the document and the exception. A document that ends the process, as a stack overflow does,
                       stays there as running-*.cs
        """;

    public static async Task<int> Run(string[] arguments)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < arguments.Length; at += 2)
        {
            if (at + 1 == arguments.Length || arguments[at] is not ("--seed" or "--documents" or "--from" or "--minutes" or "--threads" or "--out"))
            {
                await Console.Error.WriteLineAsync(Usage);
                return 2;
            }

            options[arguments[at]] = arguments[at + 1];
        }

        var seed = Number("--seed", 1);
        var documents = Number("--documents", 200_000);
        var folder = Path.GetFullPath(options.GetValueOrDefault("--out", "artifacts/fuzz"));
        Directory.CreateDirectory(folder);
        using var stop = new CancellationTokenSource();
        if (options.ContainsKey("--minutes"))
            stop.CancelAfter(TimeSpan.FromMinutes(Number("--minutes", 0)));
        var clock = Stopwatch.StartNew();
        var run = new FuzzRun(seed)
        {
            Starts = batch => ForEach(batch, document => File.WriteAllText(Running(folder, document), document.Text)),
            Ends = batch => ForEach(batch, document => File.Delete(Running(folder, document))),
            Found = (documents, finding) => Save(documents, finding, folder),
        };
        var examined = run.Examine(Enumerable.Range(Number("--from", 0), documents), Number("--threads", Environment.ProcessorCount), stop.Token);
        while (await Task.WhenAny(examined, Task.Delay(TimeSpan.FromSeconds(30))) != examined)
            Console.WriteLine($"{run.Documents} documents, {clock.Elapsed.TotalSeconds:F0} s, {Environment.CpuUsage.TotalTime.TotalSeconds:F0} s of processor time, {GC.GetTotalMemory(forceFullCollection: true) >> 20} MB, {run.Findings.Count} findings");
        await examined;
        Print(run, seed, clock.Elapsed);
        return run.Findings.Count == 0 ? 0 : 1;

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static void Print(FuzzRun run, int seed, TimeSpan time)
    {
        var processor = Environment.CpuUsage.TotalTime;
        Console.WriteLine($"seed {seed}: {run.Documents} documents in {time.TotalSeconds:F0} s ({processor.TotalSeconds:F0} s of processor time), {run.Documents / time.TotalSeconds:F1} per second");
        Console.WriteLine($"{run.Reports} reports, {run.FixesApplied} fixes applied, {run.CompilerFailed} of the documents given up because the compiler alone fails on them");
        foreach (var (kind, count) in run.Kinds.OrderBy(pair => pair.Key))
            Console.WriteLine($"  {kind}: {count}");
        foreach (var (origin, count) in run.Origins.OrderBy(pair => pair.Key))
            Console.WriteLine($"  of {origin}: {count}");
        Console.WriteLine($"{run.Findings.Count} findings");
        foreach (var group in run.Findings.GroupBy(found => found.Finding.Cause).OrderByDescending(group => group.Count()))
            Console.WriteLine($"  {group.Count()} x {group.Key} (document {group.Min(found => found.Documents[0].Number)})");
    }

    // At once: who waits for the end of a long run sees it only then.
    private static void Save(ImmutableArray<MutatedDocument> documents, Finding finding, string folder)
    {
        var name = Path.Combine(folder, $"{documents[0].Number}-{documents[0].Kind}-{finding.Where}");
        for (var at = 0; at < documents.Length; at++)
            File.WriteAllText($"{name}{(at == 0 ? "" : $"-{at}")}.cs", documents[at].Text);
        File.WriteAllText(name + ".txt", $"{string.Join(", ", documents.Select(document => $"{document.Kind} of {document.Seed.Name}"))}\n{finding.What}\n");
    }

    private static void ForEach(ImmutableArray<MutatedDocument> batch, Action<MutatedDocument> act)
    {
        foreach (var document in batch)
            act(document);
    }

    private static string Running(string folder, MutatedDocument document) => Path.Combine(folder, $"running-{document.Number}-{document.Kind}.cs");
}
