using BackendPatterns.Analyzers.Tests.Baseline;

namespace BackendPatterns.Analyzers.Tests.Rules.Configuration;

public class BP0003RemovableBaselineEntryTests
{
    private const string Source = BaselineTests.Source;
    private const string Fixed = BaselineTests.Fixed;

    [Fact]
    public async Task FixedReports_AreRemovable()
    {
        var run = await BaselineRun.Over(await BaselineRun.Written(Source), Fixed);
        Assert.Equal([2, 3], run.Removable);
        Assert.Contains(run.Reports, report => report.GetMessage() == "'BP9001' is not reported in 'Loader.Load' any more; remove this line from the baseline" && report.Location.GetLineSpan().Path == BaselineRun.Path);
    }

    [Fact]
    public async Task DeletedMembers_AreRemovable() => Assert.Equal([2, 3], (await BaselineRun.Over(await BaselineRun.Written(Source), "public class Other { }")).Removable);

    [Fact]
    public async Task RuleThatDoesNotExist_IsRemovable() =>
        Assert.Equal([4], (await BaselineRun.Over(await BaselineRun.Written(Source) + "BP1999 Loader.Load 3f2a9c1d0b4e.0-77ab01c29d10.0\n", Source)).Removable);

    [Fact]
    public async Task RuleThatDoesNotRun_IsNotRemovable() =>
        Assert.Empty((await BaselineRun.Over(await BaselineRun.Written(Source) + "BP1001 Loader.Load 3f2a9c1d0b4e.0-77ab01c29d10.0\n", Source)).Removable);

    [Fact]
    public async Task Editor_NeverSaysRemovable() => Assert.Empty((await BaselineRun.Over(await BaselineRun.Written(Source), "other = x", [Fixed])).Removable);

    [Theory]
    [InlineData("public class Loader { public void Load(int[] ids) { } public void Wait() {\n#if DEBUG\n while (true) { }\n#endif\n } }", new[] { 2 })]
    [InlineData("public class Loader { public void Load(int[] ids) { }\n#if DEBUG\n public void Wait() { while (true) { } }\n#endif\n }", new[] { 2 })]
    [InlineData("public class Loader { public void Load(int[] ids) { } public void Wait() { } }\n#if DEBUG\npublic class Other { }\n#endif", new[] { 2, 3 })]
    public async Task CodeThatThisConfigurationLeavesOut_MayNeedItsEntry(string after, int[] removable) =>
        Assert.Equal(removable, (await BaselineRun.Over(await BaselineRun.Written(Source), after)).Removable);

    [Fact]
    public async Task CodeThatDoesNotCompile_SaysNothingAboutEntries()
    {
        var baseline = await BaselineRun.Written(Source);
        Assert.Empty((await BaselineRun.Over(baseline, Fixed, "public class Broken : Missing { }")).Removable);
        Assert.Empty((await BaselineRun.Over(baseline, Fixed, "public class Broken {")).Removable);
    }

    [Theory]
    [InlineData("Load", new[] { 3 })]
    [InlineData("Other", new[] { 2, 3 })]
    public async Task RuleThatIsOffInAFile_MayNeedTheEntriesOfItsMembers(string member, int[] removable)
    {
        var off = $"public class Another {{ public void {member}() {{ }} }}";
        var run = await BaselineRun.Over(await BaselineRun.Written(Source), [Fixed, off], offIn: "/shop/File1.cs");
        Assert.Equal(removable, run.Removable.Where(line => line > 1));
    }
}
