using System.Collections.Immutable;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>
/// Every case of <c>docs/cases/pipeline-orders.md</c> is compiled, analysed and run, beside the same application with its pipeline in the right order: BP4005 or BP4006 reports it if and only
/// if one of the answers differs.
/// </summary>
public class PipelineOrderTests
{
    private const int FewestCases = 50;

    private static readonly Lazy<Dictionary<string, PipelineCase>> Cases = new(() => PipelineCase.All().ToDictionary(@case => @case.Name));

    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = [new BP4005MiddlewareOrderAnalyzer(), new BP4006RateLimiterNotEnabledAnalyzer()];

    public static IEnumerable<object[]> Names => Cases.Value.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TheVerdictAgreesWithTheAnswers(string name)
    {
        var @case = Cases.Value[name];
        var answers = await AnswersOf(@case, @case.Program);
        Assert.Equal(@case.Requests.Select(request => request.Answer), answers);
        var right = await AnswersOf(@case, @case.Reference);
        Assert.Equal(@case.Requests.Select(request => request.RightAnswer), right);
        var diagnostics = await ApplicationSource.Compile(@case.Program, ("Shop.cs", @case.Shop)).WithAnalyzers(Rules).GetAnalyzerDiagnosticsAsync();
        var verdict = string.Join(", ", diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(@case.Verdict, verdict.Length == 0 ? "silent" : verdict);
        Assert.Equal(@case.Reason.Length > 0 ? "silent" : answers.SequenceEqual(right) ? "silent" : verdict, @case.Verdict);
    }

    [Fact]
    public void TheMatrixHasThePromisedSize() => Assert.InRange(Cases.Value.Count, FewestCases, int.MaxValue);

    private static async Task<IReadOnlyList<string>> AnswersOf(PipelineCase @case, string program)
    {
        await using var application = await RunningApplication.Start(ApplicationSource.Compile(program, ("Shop.cs", @case.Shop)));
        var answers = new List<string>();
        foreach (var request in @case.Requests)
            answers.Add(await request.AskAsync(application));
        return answers;
    }
}
