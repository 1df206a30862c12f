using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Every rule, also one that only informs, is silent on code that is right.</summary>
public class ValidCodeTests
{
    private static readonly Lazy<Compilation> ValidCode = new(() => SourceFolder.Read("tests/ValidCode").Compile());

    public static TheoryData<string> Ids => AllRules.Ids;

    [Fact]
    public void ValidCode_Compiles() =>
        Assert.Empty(ValidCode.Value.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Rule_IsSilentOnValidCode(string id) => Assert.Empty(await RuleRun.Over(ValidCode.Value, AllRules.Analyzer(id)));
}
