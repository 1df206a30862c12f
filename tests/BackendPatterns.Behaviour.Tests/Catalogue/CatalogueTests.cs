namespace BackendPatterns.Behaviour.Tests.Catalogue;

/// <summary>
/// Every case of <c>docs/cases</c> is compiled, analysed, and run on SQLite with ten and with twenty parents: a rule reports it if and only if the
/// number of SQL commands grows with the data, the named legitimate loops aside.
/// </summary>
public class CatalogueTests
{
    private const int FewestCases = 120;

    private static readonly Lazy<Dictionary<(string Page, string Name), CatalogueCase>> Cases = new(() => CatalogueCase.All().ToDictionary(@case => (@case.Page, @case.Name)));

    public static IEnumerable<object[]> Keys => Cases.Value.Keys.Select(key => new object[] { key.Page, key.Name });

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task VerdictAgreesWithTheObservedCommands(string page, string name)
    {
        var @case = Cases.Value[(page, name)];
        var run = await CatalogueRun.Of(@case);
        Assert.True(
            (@case.Few, @case.Many) == (run.Few, run.Many),
            $"{page}: {name}: the page says {@case.Few} → {@case.Many}, observed were {run.Few} → {run.Many}:\n{string.Join("\n---\n", run.Commands)}");
        Assert.Equal(@case.IsReported ? @case.Verdict : "", string.Join(", ", run.Reports));
        if (@case.Verdict is "silent")
            Assert.Equal(run.Few, run.Many);
        else
            Assert.True(run.Many > run.Few, $"{@case.Verdict}, but {run.Few} commands stay {run.Many}.");
    }

    [Fact]
    public void TheCatalogueHasThePromisedSize() => Assert.InRange(Cases.Value.Count, FewestCases, int.MaxValue);
}
