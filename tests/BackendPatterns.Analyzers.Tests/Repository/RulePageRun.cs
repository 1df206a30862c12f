using System.Reflection;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Runs a rule and its fixes over the code blocks of its page.</summary>
internal static class RulePageRun
{
    public static async Task Violations(string id, int efCore)
    {
        var blocks = RulePage.Of(id).Blocks;
        for (var at = 0; at < blocks.Length; at++)
        {
            if (blocks[at].Kind != "violation")
                continue;
            var marked = await Marked(id, blocks[at], efCore);
            var fixedCode = at + 1 < blocks.Length && blocks[at + 1].Kind == "fixed" ? blocks[at + 1].Code : null;
            await Verify(id, marked, fixedCode, blocks[at], efCore);
        }
    }

    public static async Task Silence(string id, int efCore)
    {
        foreach (var block in RulePage.Of(id).Blocks.Where(block => block.Kind is "ok" or "fixed"))
            await Verify(id, block.Code, fixedCode: null, block, efCore);
    }

    // The verifier wants to know the places: they are those that the rule itself reports, and there has to be one.
    private static async Task<string> Marked(string id, CodeBlock block, int efCore)
    {
        var tree = SourceFolder.Parse(block.Code, "Test.cs");
        var compilation = CSharpCompilation.Create(
            "Page",
            [tree, SourceFolder.Parse(Shop.GlobalUsings, "GlobalUsings.cs"), SourceFolder.Parse(Shop.Domain, "Shop.cs")],
            TestReferences.WithEfCore(efCore),
            new CSharpCompilationOptions(Output(block), nullableContextOptions: NullableContextOptions.Enable));
        var reports = await RuleRun.Over(compilation, block.Options, AllRules.Analyzer(id));
        Assert.True(!reports.IsEmpty, $"{id}.md, line {block.Line}: nothing is reported.");
        Assert.All(reports, report => Assert.Equal(tree, report.Location.SourceTree));
        var text = block.Code;
        foreach (var span in reports.Select(report => report.Location.SourceSpan).OrderByDescending(span => span.Start))
            text = text.Insert(span.End, "|]").Insert(span.Start, "[|");
        return text;
    }

    // A rule with two remedies shows one of them.
    private static async Task Verify(string id, string code, string? fixedCode, CodeBlock block, int efCore)
    {
        var failures = new List<string>();
        foreach (var fix in AllRules.FixesOf(id).Select(fix => fix.GetType()).DefaultIfEmpty(typeof(NoFix)))
        {
            var run = typeof(RulePageRun).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(AllRules.Analyzer(id).GetType(), fix);
            var failure = await Record.ExceptionAsync(() => (Task)run.Invoke(null, [code, fixedCode, block.Options, Output(block), efCore])!);
            if (failure is null)
                return;
            failures.Add($"{id}.md, line {block.Line}, {fix.Name}, EF Core {efCore}: {failure.Message}");
        }

        Assert.Fail(string.Join(Environment.NewLine, failures));
    }

    private static Task Run<TAnalyzer, TFix>(string code, string? fixedCode, string? options, OutputKind output, int efCore)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        RuleVerifier<TAnalyzer, TFix>.Run(code, fixedCode, options, output, test =>
        {
            test.UseEfCore(efCore);
            // Fix All is the same code for every version of EF Core.
            if (efCore != TestReferences.EfCore)
                test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck;
        });

    private static OutputKind Output(CodeBlock block) => block.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
}
