using BackendPatterns.Analyzers.Tests.Robustness.Mutation;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>No rule and no fix throws or hangs on sources that are cut off, mixed up or doubled. The long run is a command, see <see cref="FuzzCommand"/>.</summary>
public class MutatedDocumentTests
{
    private const int Seed = 1;
    private const int Documents = 900;

    [Fact]
    public async Task MutatedDocuments_AreAnalysedAndFixed()
    {
        var run = new FuzzRun(Seed);
        await run.Examine(Enumerable.Range(0, Documents), threads: 2);
        Assert.Empty(run.Findings.Select(found => $"Document {found.Documents[0].Number} ({found.Documents[0].Kind} of {found.Documents[0].Seed.Name}): {found.Finding.Where}: {found.Finding.What}"));
        Assert.Equal(Documents, run.Documents);
        // They are broken, but not so much that there is nothing left to report and to fix.
        Assert.InRange(run.Reports, Documents / 10, int.MaxValue);
        Assert.InRange(run.FixesApplied, Documents / 100, int.MaxValue);
    }

    [Fact]
    public void Plan_GivesTheSameDocumentForTheSameNumber()
    {
        var (one, two) = (new MutationPlan(3), new MutationPlan(3));
        Assert.All(Enumerable.Range(500, 200), number => Assert.Equal(one[number].Text, two[number].Text));
    }

    [Fact]
    public void Plan_ComesToEveryTokenOfAnOrigin()
    {
        var plan = new MutationPlan(5);
        var tokens = Seeds.Of(Origin.Sample).Sum(seed => seed.Tokens.Length);
        var step = 0L;
        var seen = Enumerable.Range(0, tokens).Select(_ => MutationPlan.Walk(Origin.Sample, step++)).ToHashSet();
        Assert.Equal(tokens, seen.Count);
        Assert.NotEqual(plan[0].Text, new MutationPlan(6)[0].Text);
    }

    [Theory]
    [InlineData(MutationKind.Prefix, "class C { void", "")]
    [InlineData(MutationKind.Deletion, "class C {  M() { M(); } }", "")]
    public void Mutation_ChangesTheToken(object kind, string expected, string other)
    {
        var seed = new Seed(Origin.Test, "Test.cs", "class C { void M() { M(); } }");
        Assert.Equal(expected, new Mutator(seed, new Random(1)).Apply((MutationKind)kind, token: 3, new Seed(Origin.Test, "Other.cs", other)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mutation_ChangesTheSeed(object kind)
    {
        var seed = new Seed(Origin.Test, "Test.cs", "class C { int F = 1; void M(int a) { M(a); if (a == 1) { M(2); } } void N() { N(); } }");
        var texts = Enumerable.Range(0, 50).Select(chance => new Mutator(seed, new Random(chance)).Apply((MutationKind)kind, token: chance % seed.Tokens.Length, seed)).ToHashSet();
        Assert.InRange(texts.Count, 10, 50);
    }

    public static TheoryData<object> Kinds => new(Enum.GetValues<MutationKind>().Cast<object>());
}
