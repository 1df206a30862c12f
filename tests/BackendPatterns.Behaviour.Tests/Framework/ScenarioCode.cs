using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>What rules say about the code of a scenario, what a fix makes of it, and its assembly.</summary>
internal static class ScenarioCode
{
    /// <summary>Returns the reports of rules over the project of a document, in the order of the source; fails where the code does not compile or a rule throws.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportsOf(Document document, params DiagnosticAnalyzer[] rules)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join(Environment.NewLine, errors));
        var reports = await compilation.WithAnalyzers([.. rules]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, report => report.Id == "AD0001");
        return [.. reports.OrderBy(report => report.Location.SourceSpan.Start)];
    }

    /// <summary>Returns what a fix offers for a report.</summary>
    public static async Task<IReadOnlyList<CodeAction>> ActionsFor(Document document, Diagnostic report, CodeFixProvider fix)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>Returns the document after an action.</summary>
    public static async Task<Document> After(Document document, CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;

    /// <summary>Returns the assembly of a compilation, to be loaded; fails with its errors where it does not compile.</summary>
    public static MemoryStream ImageOf(Compilation compilation)
    {
        var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(
            emitted.Success,
            string.Join(Environment.NewLine, emitted.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)) + compilation.SyntaxTrees.FirstOrDefault());
        image.Position = 0;
        return image;
    }
}
