using BackendPatterns.Analyzers.Baseline;

namespace BackendPatterns.Analyzers.Tests.Baseline;

/// <summary>What a baseline hides.</summary>
public class BaselineTests
{
    internal const string Source = """
        public class Loader
        {
            public void Load(int[] ids)
            {
                foreach (var id in ids)
                    System.Console.WriteLine(id);
            }

            public void Wait()
            {
                while (true) { }
            }
        }
        """;

    internal const string Fixed = "public class Loader { public void Load(int[] ids) { } public void Wait() { } }";

    [Fact]
    public async Task WithoutBaseline_EverythingIsShown() => Assert.Equal(["6", "11"], (await BaselineRun.Over(null, Source)).Shown);

    [Fact]
    public async Task WithBaseline_NothingIsShown()
    {
        var run = await BaselineRun.Over(await BaselineRun.Written(Source), Source);
        Assert.Empty(run.Reports);
    }

    [Theory]
    [InlineData("false", new[] { "6", "11" })]
    [InlineData("", new string[0])]
    public async Task SwitchedOff_EverythingIsShown(string value, string[] shown)
    {
        var run = await BaselineRun.Over(await BaselineRun.Written(Source), BaselineRun.Build + "\nbuild_property.BackendPatternsBaseline = " + value, [Source]);
        Assert.Equal(shown, run.Reports.Select(report => $"{report.Location.GetLineSpan().StartLinePosition.Line + 1}"));
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "   ")]
    [InlineData("\r\n", "\t")]
    public async Task OtherLineEndsAndTrailingSpaces_ChangeNothing(string end, string space)
    {
        var baseline = (await BaselineRun.Written(Source)).Replace("\n", space + end, StringComparison.Ordinal);
        Assert.Empty((await BaselineRun.Over(baseline, Source)).Reports);
    }

    [Fact]
    public async Task EqualLinesCommentsAndOrder_ChangeNothing()
    {
        var lines = (await BaselineRun.Written(Source)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var run = await BaselineRun.Over(string.Join('\n', [lines[0], "# kept by hand", lines[2], "", lines[1], lines[2]]), Source);
        Assert.Empty(run.Reports);
        run = await BaselineRun.Over(string.Join('\n', [lines[0], lines[1], lines[1], lines[2]]), Fixed);
        Assert.Equal([2, 4], run.Removable);
    }

    [Fact]
    public async Task OneFileAsked_HidesTheSame()
    {
        var baseline = await BaselineRun.Written(Source);
        var run = await BaselineRun.Over(baseline, "other = x", [Source], analyzers =>
            analyzers.GetAnalyzerSemanticDiagnosticsAsync(analyzers.Compilation.GetSemanticModel(analyzers.Compilation.SyntaxTrees.First()), filterSpan: null, CancellationToken.None));
        Assert.Empty(run.Shown);
    }

    [Fact]
    public async Task EntryOfAnotherTargetFramework_NeitherHidesNorCanGo()
    {
        var baseline = (await BaselineRun.Written(Source)).TrimEnd('\n') + " net8.0,net9.0\n";
        var other = await BaselineRun.Over(baseline, BaselineRun.Build + "\nbuild_property.TargetFramework = net10.0", [Source]);
        Assert.Equal(["11"], other.Shown);
        Assert.Empty(other.Removable);
        var same = await BaselineRun.Over(baseline, BaselineRun.Build + "\nbuild_property.TargetFramework = net9.0", [Source]);
        Assert.Empty(same.Reports);
        var unknown = await BaselineRun.Over(baseline, BaselineRun.Build, [Source]);
        Assert.Empty(unknown.Reports);
    }
}
