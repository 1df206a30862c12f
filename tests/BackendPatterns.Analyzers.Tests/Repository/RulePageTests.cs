using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The code blocks of the pages behave as they are marked: a violation is reported, its fix gives the next block, and ok is silent.</summary>
public class RulePageTests
{
    private static readonly string[] Kinds = ["violation", "fixed", "ok"];

    public static TheoryData<string> Ids => AllRules.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasTheBlocks(string id)
    {
        var page = RulePage.Of(id);
        Assert.InRange(page.Lines.Length, 1, 120);
        Assert.All(page.Blocks, block => Assert.Contains(block.Kind, Kinds));
        Assert.Contains(page.Blocks, block => block.Kind == "violation");
        Assert.Contains(page.Blocks, block => block.Kind == "ok");
        Assert.Equal(!AllRules.FixesOf(id).IsEmpty, page.Blocks.Any(block => block.Kind == "fixed"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Violations_AreReportedAndFixed(string id)
    {
        var blocks = RulePage.Of(id).Blocks;
        for (var at = 0; at < blocks.Length; at++)
        {
            if (blocks[at].Kind != "violation")
                continue;
            var marked = await Marked(id, blocks[at]);
            var fixedCode = at + 1 < blocks.Length && blocks[at + 1].Kind == "fixed" ? blocks[at + 1].Code : null;
            await Verify(id, marked, fixedCode, blocks[at]);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task OkAndFixedBlocks_AreSilent(string id)
    {
        foreach (var block in RulePage.Of(id).Blocks.Where(block => block.Kind is "ok" or "fixed"))
            await Verify(id, block.Code, fixedCode: null, block);
    }

    // The verifier wants to know the places: they are those that the rule itself reports, and there has to be one.
    private static async Task<string> Marked(string id, CodeBlock block)
    {
        var tree = SourceFolder.Parse(block.Code, "Test.cs");
        var compilation = CSharpCompilation.Create(
            "Page",
            [tree, SourceFolder.Parse(Shop.GlobalUsings, "GlobalUsings.cs"), SourceFolder.Parse(Shop.Domain, "Shop.cs")],
            TestReferences.All,
            new CSharpCompilationOptions(Output(block), nullableContextOptions: NullableContextOptions.Enable));
        var reports = await RuleRun.Over(compilation, AllRules.Analyzer(id));
        Assert.True(!reports.IsEmpty, $"{id}.md, line {block.Line}: nothing is reported.");
        Assert.All(reports, report => Assert.Equal(tree, report.Location.SourceTree));
        var text = block.Code;
        foreach (var span in reports.Select(report => report.Location.SourceSpan).OrderByDescending(span => span.Start))
            text = text.Insert(span.End, "|]").Insert(span.Start, "[|");
        return text;
    }

    // A rule with two remedies shows one of them.
    private static async Task Verify(string id, string code, string? fixedCode, CodeBlock block)
    {
        var failures = new List<string>();
        foreach (var fix in AllRules.FixesOf(id).Select(fix => fix.GetType()).DefaultIfEmpty(typeof(NoFix)))
        {
            var run = typeof(RuleVerifier<,>).MakeGenericType(AllRules.Analyzer(id).GetType(), fix).GetMethod("Run")!;
            var failure = await Record.ExceptionAsync(() => (Task)run.Invoke(null, [code, fixedCode, null, Output(block), null])!);
            if (failure is null)
                return;
            failures.Add($"{id}.md, line {block.Line}, {fix.Name}: {failure.Message}");
        }

        Assert.Fail(string.Join(Environment.NewLine, failures));
    }

    private static OutputKind Output(CodeBlock block) => block.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
}
