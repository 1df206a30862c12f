using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Every page has its code blocks, and those that are right are silent.</summary>
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
    public Task OkAndFixedBlocks_AreSilent(string id) => RulePageRun.Silence(id, TestReferences.EfCore);
}
