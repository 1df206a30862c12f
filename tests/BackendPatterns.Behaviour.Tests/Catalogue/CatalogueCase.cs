using System.Reflection;

namespace BackendPatterns.Behaviour.Tests.Catalogue;

/// <summary>One case of the catalogue in <c>docs/cases</c>: code that is compiled, run and analysed.</summary>
/// <param name="Page">The page that contains it, without extension.</param>
/// <param name="Name">Its heading.</param>
/// <param name="Verdict">The rule that reports it, <c>silent</c>, or the name of the legitimate loop that keeps the rules silent although commands grow.</param>
/// <param name="Few">The SQL commands with ten parents.</param>
/// <param name="Many">The SQL commands with twenty parents.</param>
/// <param name="Code">The code.</param>
public sealed record CatalogueCase(string Page, string Name, string Verdict, int Few, int Many, string Code)
{
    private const string Opening = "```csharp ";
    private const string ApplicationOpening = "```csharp app ";
    private const string Heading = "### ";

    /// <summary>The folder with the pages.</summary>
    public static string Folder { get; } = Path.Combine(
        typeof(CatalogueCase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!, "docs", "cases");

    /// <summary>True where a rule reports the case.</summary>
    public bool IsReported => Verdict.StartsWith("BP", StringComparison.Ordinal);

    /// <summary>All cases, in the order of the pages; the cases of some pages are applications that answer requests and are not among them.</summary>
    public static IEnumerable<CatalogueCase> All() =>
        Directory.EnumerateFiles(Folder, "*.md").Where(file => !File.ReadLines(file).Any(line => line.StartsWith(ApplicationOpening, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).SelectMany(Of);

    private static IEnumerable<CatalogueCase> Of(string file)
    {
        var lines = File.ReadAllLines(file);
        var name = "";
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith(Heading, StringComparison.Ordinal))
                name = lines[at][Heading.Length..];
            if (!lines[at].StartsWith(Opening, StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, "```", at);
            if (lines[at][Opening.Length..].Split(' ') is not [var verdict, var few, "→", var many])
                throw new FormatException($"{file}({at + 1}): a case opens with ```csharp <verdict> <commands with 10 parents> → <with 20>.");
            yield return new CatalogueCase(Path.GetFileNameWithoutExtension(file), name, verdict, int.Parse(few), int.Parse(many), string.Join('\n', lines[(at + 1)..end]) + "\n");
            at = end;
        }
    }
}
