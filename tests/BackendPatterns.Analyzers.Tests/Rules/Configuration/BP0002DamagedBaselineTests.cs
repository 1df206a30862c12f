using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Tests.Baseline;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Rules.Configuration;

public class BP0002DamagedBaselineTests
{
    private const string Source = BaselineTests.Source;

    [Theory]
    [InlineData(0, "", 1, "the first line has to be '# BackendPatterns baseline, format 1, project Shop'")]
    [InlineData(0, "BP9001 Loader.Load", 1, "the first line has to be")]
    [InlineData(0, "# BackendPatterns baseline, format 2, project Shop", 1, "its format is '2', and this version of the package reads format 1")]
    [InlineData(0, "# BackendPatterns baseline, format 1, project Store", 1, "it was written for the project 'Store' and not for 'Shop'")]
    [InlineData(0, "<<<<<<< HEAD", 1, "a merge conflict stands here")]
    [InlineData(1, "<<<<<<< HEAD", 2, "a merge conflict stands here")]
    [InlineData(1, "=======", 2, "a merge conflict stands here")]
    [InlineData(2, ">>>>>>> theirs", 3, "a merge conflict stands here")]
    [InlineData(2, "||||||| base", 3, "a merge conflict stands here")]
    [InlineData(1, "BP9001 Loader.Load", 2, "a line has to be a rule, a member and a fingerprint")]
    [InlineData(1, "BP9001 Loader.Load 3f2a9c1d0b4e", 2, "a line has to be a rule, a member and a fingerprint")]
    [InlineData(1, "CA1822 Loader.Load 3f2a9c1d0b4e.0-77ab01c29d10.0", 2, "a line has to be a rule, a member and a fingerprint")]
    [InlineData(1, "BP9001 Loader.Load 3f2a9c1d0b4e.0-77ab01c29d10.0 net8.0 more", 2, "a line has to be a rule, a member and a fingerprint")]
    public async Task DamagedFile_IsAnErrorAndHidesNothing(int replaced, string line, int reported, string says)
    {
        var lines = (await BaselineRun.Written(Source)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[replaced] = line;
        var run = await BaselineRun.Over(string.Join('\n', lines), Source);
        Assert.Equal(["6", "11"], run.Shown);
        var (place, message) = Assert.Single(run.Damaged);
        Assert.Equal(reported, place);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Empty(run.Removable);
        Assert.All(run.Reports.Where(report => report.Id == "BP0002"), report => Assert.Equal(DiagnosticSeverity.Error, report.Severity));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task EmptyFile_IsDamaged(string baseline) => Assert.Single((await BaselineRun.Over(baseline, Source)).Damaged);

    [Fact]
    public async Task ManyDamages_AreReportedTenTimes() =>
        Assert.Equal(10, (await BaselineRun.Over(BaselineFile.Header("Shop") + "\n" + string.Concat(Enumerable.Range(0, 99).Select(i => $"broken {i}\n")), Source)).Damaged.Count());
}
