using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The violations of the pages are reported, and their fix gives the next block.</summary>
public class RulePageFixTests
{
    public static TheoryData<string> Ids => AllRules.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public Task Violations_AreReportedAndFixed(string id) => RulePageRun.Violations(id, TestReferences.EfCore);
}
