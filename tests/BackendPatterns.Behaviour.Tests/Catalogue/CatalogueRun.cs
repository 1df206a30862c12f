using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Catalogue;

/// <summary>What was observed of a case.</summary>
/// <param name="Reports">The ids that were reported, each once.</param>
/// <param name="Few">The SQL commands with ten parents.</param>
/// <param name="Many">The SQL commands with twenty parents.</param>
/// <param name="Commands">The texts of the commands with ten parents.</param>
public sealed record CatalogueRun(ImmutableArray<string> Reports, int Few, int Many, IReadOnlyList<string> Commands)
{
    private const int FewParents = 10;
    private const int ManyParents = 20;

    /// <summary>The rules whose subject is commands that grow with the data.</summary>
    private static readonly ImmutableHashSet<string> LoopRules = ["BP1001", "BP1003", "BP1005", "BP1006", "BP1007"];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(RuleAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(RuleAnalyzer).IsAssignableFrom(type))
            .Select(type => (RuleAnalyzer)Activator.CreateInstance(type)!).Where(analyzer => LoopRules.Contains(analyzer.Rule.Id)),
    ];

    /// <summary>Compiles, analyses and runs a case.</summary>
    public static async Task<CatalogueRun> Of(CatalogueCase @case)
    {
        using var workspace = new AdhocWorkspace();
        var document = BeforeAndAfter.Open(workspace, @case.Code);
        document = document.Project.AddDocument("Parents.cs", SourceText.From(CatalogueData.Source)).Project.GetDocument(document.Id)!;
        var compilation = (await document.Project.GetCompilationAsync())!;
        var tree = await document.GetSyntaxTreeAsync();
        using var image = ScenarioCode.ImageOf(compilation);
        var diagnostics = await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
        var loader = new AssemblyLoadContext("Case", isCollectible: true);
        try
        {
            var assembly = loader.LoadFromStream(image);
            var few = await CommandsOf(assembly, FewParents);
            var many = await CommandsOf(assembly, ManyParents);
            Assert.All(diagnostics, diagnostic => Assert.Equal(tree, diagnostic.Location.SourceTree));
            return new CatalogueRun([.. diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)], few.Count, many.Count, few);
        }
        finally
        {
            loader.Unload();
        }
    }

    private static async Task<IReadOnlyList<string>> CommandsOf(Assembly assembly, int parents)
    {
        await using var connection = new CountingConnection();
        await connection.OpenAsync();
        DbContext Open(SqliteConnection connection, IInterceptor saves) => (DbContext)Call(assembly, "Shop.Database", "Open", connection, saves)!;
        FilledDatabases.CopyInto(connection, $"{parents} {ShopDomain.Source} {CatalogueData.Source}", empty =>
        {
            using var db = Open(empty, new CommandCounter());
            Call(assembly, "Shop.Parents", "Fill", db, parents);
        });
        connection.Reset();
        using (var db = Open(connection, connection.Saves))
        {
            var type = assembly.GetType("Case", throwOnError: true)!;
            var result = type.GetMethod("Run")!.Invoke(Activator.CreateInstance(type, db), BindingFlags.DoNotWrapExceptions, binder: null, [], culture: null);
            if (result is Task task)
                await task;
        }

        return [.. connection.Trips];
    }

    private static object? Call(Assembly assembly, string type, string method, params object[] arguments) =>
        assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}
