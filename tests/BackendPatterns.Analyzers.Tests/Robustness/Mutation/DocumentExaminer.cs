using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Tests.Repository;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>
/// Does to documents what an editor and a build do: all rules analyse them, fixes for some of the reports are looked for and applied, the facts are written. Says what failed.
/// </summary>
internal sealed class DocumentExaminer(DocumentExaminer.Effort effort)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = [.. AllRules.Analyzers];

    private static readonly ImmutableDictionary<string, ImmutableArray<CodeFixProvider>> Fixes = AllRules.Analyzers.ToImmutableDictionary(rule => rule.Rule.Id, rule => AllRules.FixesOf(rule.Rule.Id));

    /// <param name="FixedReports">For how many reports fixes are looked for.</param>
    /// <param name="WholeProject">The whole project is analysed as in a build, not only the documents.</param>
    /// <param name="Facts">The facts of the project are written.</param>
    public readonly record struct Effort(int FixedReports, bool WholeProject, bool Facts);

    /// <summary>How many reports there are in the document or in the whole project, how many changes fixes offered, each of which was computed, and what failed.</summary>
    public sealed record Outcome(int Reports, int FixesApplied, ImmutableArray<Finding> Findings);

    /// <summary>Analyses documents of one project, with the options of the project. Chance decides which of the reports are fixed.</summary>
    public async Task<Outcome> Examine(ImmutableArray<Document> documents, Random chance, CancellationToken cancellation)
    {
        var project = documents[0].Project;
        var compilation = (await project.GetCompilationAsync(cancellation))!;
        var findings = new ConcurrentQueue<Finding>();
        var run = compilation.WithAnalyzers(Rules, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, (exception, rule, _) => findings.Enqueue(new Finding(rule.GetType().Name, exception.ToString())),
            concurrentAnalysis: effort.WholeProject, logAnalyzerExecutionTime: false));
        var reports = effort.WholeProject ? await run.GetAnalyzerDiagnosticsAsync(cancellation) : await InEach(documents, run, cancellation);
        if (reports.FirstOrDefault(Compiler.TellsOfException) is { } failure)
            throw new InvalidOperationException(failure.GetMessage(CultureInfo.InvariantCulture));
        var applied = 0;
        foreach (var report in Some(reports, chance))
            applied += await Fix(project.Solution, report, findings, cancellation);
        if (effort.Facts)
            WriteFacts(compilation, findings, cancellation);
        return new Outcome(reports.Length, applied, [.. findings]);
    }

    private static async Task<ImmutableArray<Diagnostic>> InEach(ImmutableArray<Document> documents, CompilationWithAnalyzers run, CancellationToken cancellation)
    {
        var reports = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var document in documents)
        {
            var tree = (await document.GetSyntaxTreeAsync(cancellation))!;
            reports.AddRange(await run.GetAnalyzerSyntaxDiagnosticsAsync(tree, cancellation));
            reports.AddRange(await run.GetAnalyzerSemanticDiagnosticsAsync(run.Compilation.GetSemanticModel(tree), filterSpan: null, cancellation));
        }

        return reports.ToImmutable();
    }

    private IEnumerable<Diagnostic> Some(ImmutableArray<Diagnostic> reports, Random chance)
    {
        var fixable = reports.Where(report => Fixes.TryGetValue(report.Id, out var fixes) && !fixes.IsEmpty).ToArray();
        chance.Shuffle(fixable);
        return fixable.Take(effort.FixedReports);
    }

    private static async Task<int> Fix(Solution solution, Diagnostic report, ConcurrentQueue<Finding> findings, CancellationToken cancellation)
    {
        if (solution.GetDocument(report.Location.SourceTree) is not { } document)
            return 0;
        var applied = 0;
        foreach (var fix in Fixes[report.Id])
        {
            try
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), cancellation));
                foreach (var action in actions)
                {
                    await action.GetOperationsAsync(cancellation);
                    applied++;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                findings.Enqueue(new Finding(fix.GetType().Name, exception.ToString()));
            }
        }

        return applied;
    }

    private static void WriteFacts(Compilation compilation, ConcurrentQueue<Finding> findings, CancellationToken cancellation)
    {
        var result = CSharpGeneratorDriver.Create(new FactsGenerator()).RunGenerators(compilation, cancellation).GetRunResult();
        if (result.Results[0].Exception is { } exception)
            findings.Enqueue(new Finding(nameof(FactsGenerator), exception.ToString()));
    }
}
