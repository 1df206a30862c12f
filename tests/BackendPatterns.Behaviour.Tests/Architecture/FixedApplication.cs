using System.Collections.Immutable;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using BackendPatterns.Behaviour.Tests.Endpoints;

namespace BackendPatterns.Behaviour.Tests.Architecture;

/// <summary>One small application before and after the fix of a rule.</summary>
public static class FixedApplication
{
    private const string Usings = """
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.Data.Sqlite;
        """;

    /// <summary>Returns the application as written, and with the first fix of each report applied until there is none.</summary>
    public static async Task<(Compilation Before, Compilation After)> Of<TAnalyzer, TFix>(string program)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var original = ApplicationSource.Compile(program, ("Usings.cs", Usings));
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, original.AssemblyName + "Fixed", original.AssemblyName + "Fixed", LanguageNames.CSharp,
            compilationOptions: original.Options, parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: BeforeAndAfter.References.Value));
        foreach (var tree in original.SyntaxTrees)
            project = project.AddDocument(tree.FilePath, await tree.GetTextAsync()).Project;
        for (var i = 0; i < 10; i++)
        {
            var reports = await (await project.GetCompilationAsync())!.WithAnalyzers([new TAnalyzer()]).GetAnalyzerDiagnosticsAsync();
            if (i == 0)
                Assert.NotEmpty(reports);
            if (await FirstFix(project, reports, new TFix()) is not { } changed)
                return (original, (await project.GetCompilationAsync())!);
            project = changed;
        }

        throw new InvalidOperationException("The fix does not come to an end.");
    }

    private static async Task<Project?> FirstFix(Project project, ImmutableArray<Diagnostic> reports, CodeFixProvider fix)
    {
        // Analyzers run side by side: their reports come in any order.
        foreach (var report in reports.OrderBy(static report => report.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static report => report.Location.SourceSpan.Start))
        {
            CodeAction? action = null;
            await fix.RegisterCodeFixesAsync(new CodeFixContext(project.GetDocument(report.Location.SourceTree)!, report, (found, _) => action ??= found, CancellationToken.None));
            if (action is null)
                continue;
            var operations = await action.GetOperationsAsync(CancellationToken.None);
            return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id);
        }

        return null;
    }
}
