namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The pages say the same about older versions of EF Core.</summary>
public class OlderEfCoreTests
{
    public static TheoryData<string, int> Ids()
    {
        var data = new TheoryData<string, int>();
        foreach (var analyzer in AllRules.Analyzers)
        {
            data.Add(analyzer.Rule.Id, 8);
            data.Add(analyzer.Rule.Id, 9);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Page_IsTheSame(string id, int version)
    {
        await RulePageRun.Violations(id, version);
        await RulePageRun.Silence(id, version);
    }
}
