using Sound = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Tests.Verification.SelfTests.FlagsBad,
    BackendPatterns.Analyzers.Tests.Verification.SelfTests.RenamesBad>;

namespace BackendPatterns.Analyzers.Tests.Verification.SelfTests;

/// <summary>The verifier passes what is right and fails what is wrong.</summary>
public class RuleVerifierTests
{
    private const string Marked = "public class C { public void [|Bad|]() { } public void Taken() { } }";
    private const string Plain = "public class C { public void Bad() { } public void Taken() { } }";
    private const string Renamed = "public class C { public void Good() { } public void Taken() { } }";

    [Fact]
    public async Task RightExpectations_Pass()
    {
        await Sound.Reported(Marked);
        await Sound.Silent(Renamed);
        await Sound.Fixed(Marked, Renamed);
    }

    [Fact]
    public Task MissingReport_Fails() => Fails(Sound.Reported("public class [|C|] { }"), "Mismatch between number of diagnostics");

    [Fact]
    public Task UnexpectedReport_Fails() => Fails(Sound.Silent(Plain), "TEST1");

    [Fact]
    public Task ReportAtAnotherPlace_Fails() => Fails(Sound.Reported("public class [|C|] { public void Bad() { } }"), "TEST1");

    [Fact]
    public Task SourceThatDoesNotCompile_Fails() => Fails(Sound.Silent("public class C { Missing field; }"), "CS0246");

    [Fact]
    public Task AnalyzerThatThrows_Fails() => Fails(RuleVerifier<ThrowsOnBad, NoFix>.Silent(Plain), "AD0001");

    [Fact]
    public Task FixWithAnotherResult_Fails() => Fails(Sound.Fixed(Marked, "public class C { public void Better() { } public void Taken() { } }"), "did not match");

    [Fact]
    public Task FixThatDoesNotCompile_Fails() =>
        Fails(RuleVerifier<FlagsBad, RenamesToTakenName>.Fixed(Marked, "public class C { public void Taken() { } public void Taken() { } }"), "CS0111");

    [Fact]
    public Task FixAllWithAnotherResult_Fails() => Fails(RuleVerifier<FlagsBad, RenamesOtherwiseInFixAll>.Fixed(Marked, Renamed), "Fix all");

    [Fact]
    public Task FixThatIsNotExpected_Fails() => Fails(Sound.NotFixed(Marked), "did not match");

    [Fact]
    public Task ReportedWithoutMark_IsRefused() => Assert.ThrowsAsync<ArgumentException>(() => Sound.Reported(Plain));

    [Fact]
    public Task SilentWithMark_IsRefused() => Assert.ThrowsAsync<ArgumentException>(() => Sound.Silent(Marked));

    private static async Task Fails(Task run, string reason)
    {
        var failure = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => run);
        Assert.Contains(reason, failure.Message, StringComparison.OrdinalIgnoreCase);
    }
}
