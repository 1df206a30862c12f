namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Work that requests leave behind, executed over HTTP: the rule reports exactly what fails once the request is over.</summary>
public class DetachedWorkTests(DetachedWorkApplication application) : IClassFixture<DetachedWorkApplication>
{
    public static TheoryData<string> Shapes => [.. DetachedWorkShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Verdict_AgreesWithWhatHappens(string name)
    {
        var shape = DetachedWorkShapes.All.Single(shape => shape.Name == name);
        var outcome = await application.Run(shape);
        Assert.True(shape.Fails == (outcome != "ok"), $"'{name}' was expected to {(shape.Fails ? "fail" : "work")}, outcome: {outcome}");
        Assert.True(shape.Fails == (application.ReportsIn(shape.StartsIn) > 0), $"'{name}' is reported {application.ReportsIn(shape.StartsIn)} times, outcome: {outcome}");
    }
}
