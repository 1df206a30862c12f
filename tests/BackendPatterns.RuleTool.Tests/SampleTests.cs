using System.Collections.Immutable;
using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Checks;
using BackendPatterns.RuleTool.Sample;

namespace BackendPatterns.RuleTool.Tests;

/// <summary>What the rules say about the sample, as its build compiles it.</summary>
public class SampleTests
{
    private const string Expected = "samples/Markets.Api/expected.txt";

    private static readonly ImmutableArray<RuleFacts> Rules = RuleCatalogue.Rules();

    [Fact]
    public async Task Sample_IsReportedAsExpected()
    {
        var reports = await SampleReports.Of(ProjectLoader.Open(Paths.Repository.PathOf("samples/Markets.Api/Markets.Api.csproj")), Rules);
        var expected = Paths.Repository.Read(Expected);
        Assert.True(expected == reports.Text, $"{Expected} differs (run the rule tool's bless):\n{LineDifference.Between(expected, reports.Text)}");
        Assert.All(Rules.Where(rule => !rule.IsAboutSetup), rule => Assert.Contains(reports.Lines, line => line.StartsWith(rule.Id + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task FixedSample_HasNoReports()
    {
        var reports = await SampleReports.Of(ProjectLoader.Open(Paths.Repository.PathOf("samples/Markets.Api.Fixed/Markets.Api.Fixed.csproj")), Rules);
        Assert.Empty(reports.Lines);
    }

    [Fact]
    public void ProjectThatDoesNotExist_IsAClearFailure() =>
        Assert.Contains("There is no project", Assert.Throws<ToolFailure>(() => ProjectLoader.Open(Paths.Repository.PathOf("samples/None.csproj"))).Message, StringComparison.Ordinal);
}
