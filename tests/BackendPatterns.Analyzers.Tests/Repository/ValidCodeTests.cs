using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Every rule, also one that only informs, is silent on code that is right.</summary>
public class ValidCodeTests
{
    private static readonly Lazy<Compilation> ValidCode = new(() => SourceFolder.Read("tests/ValidCode").Compile());

    // A rule that speaks only where an option asks it to is asked.
    private const string Options = "backend_patterns.layers = ValidCode.Layers.Web > ValidCode.Layers.Application > ValidCode.Layers.Domain, ValidCode.Layers.Storage > ValidCode.Layers.Application";

    public static TheoryData<string> Ids => AllRules.Ids;

    [Fact]
    public void ValidCode_Compiles() =>
        Assert.Empty(ValidCode.Value.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Rule_IsSilentOnValidCode(string id) => Assert.Empty(await RuleRun.Over(ValidCode.Value, Options, AllRules.Analyzer(id)));
}
