namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>
/// Every case of <c>docs/cases/endpoint-stances.md</c> is compiled, analysed and run: the anonymous request is turned away where the model says authorized, and
/// answered where it says open or anonymous; BP4001 reports an endpoint that changes state if and only if it is answered and nothing says that it should be.
/// </summary>
public class StanceMatrixTests
{
    private const int FewestCases = 100;

    private static readonly Lazy<Dictionary<string, StanceCase>> Cases = new(() => StanceCase.All().ToDictionary(@case => @case.Name));

    public static IEnumerable<object[]> Names => Cases.Value.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TheModelAgreesWithTheAnswers(string name)
    {
        var @case = Cases.Value[name];
        var run = await StanceRun.Of(@case);
        Assert.Equal($"{@case.Verdict} {@case.Anonymous} {@case.SignedIn}", $"{run.Verdict} {run.Anonymous} {run.SignedIn}");
        switch (run.Verdict)
        {
            case "authorized":
                Assert.True(run.Anonymous is 401 or 403, $"Authorized, but an anonymous request gets {run.Anonymous}.");
                break;
            case "open" or "anonymous":
                Assert.Equal(200, run.Anonymous);
                break;
            default:
                Assert.NotEqual("", @case.Reason);
                break;
        }

        Assert.Equal(run is { Verdict: "open", ChangesState: true } ? 1 : 0, run.Reports);
    }

    [Fact]
    public void TheMatrixHasThePromisedSize() => Assert.InRange(Cases.Value.Count, FewestCases, int.MaxValue);
}
