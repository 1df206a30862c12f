using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Framework;

public class RuleOptionTests
{
    private static readonly RuleOption<bool> Flag = RuleOption.Flag("test_flag", defaultValue: true, "A flag.");
    private static readonly RuleOption<int> Number = RuleOption.Number("test_number", 5, 1, 10, "A number.");
    private static readonly RuleOption<Shade> Choice = RuleOption.Choice("test_choice", Shade.Dark, "A choice.");
    private static readonly RuleOption<IReadOnlyList<string>> Names = RuleOption.Names("test_names", "Names.", "One", "Two");

    public enum Shade
    {
        Light,
        Dark,
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("false", false)]
    [InlineData(" FALSE ", false)]
    [InlineData("no", true)]
    [InlineData("", true)]
    public void Flag_IsRead(string? text, bool expected) => Assert.Equal(expected, Read(Flag, text));

    [Theory]
    [InlineData(null, 5)]
    [InlineData("1", 1)]
    [InlineData("10", 10)]
    [InlineData("0", 5)]
    [InlineData("11", 5)]
    [InlineData("4.5", 5)]
    [InlineData("99999999999", 5)]
    public void Number_IsRead(string? text, int expected) => Assert.Equal(expected, Read(Number, text));

    [Theory]
    [InlineData(null, Shade.Dark)]
    [InlineData("light", Shade.Light)]
    [InlineData("LIGHT", Shade.Light)]
    [InlineData("0", Shade.Dark)]
    [InlineData("pink", Shade.Dark)]
    public void Choice_IsRead(string? text, Shade expected) => Assert.Equal(expected, Read(Choice, text));

    [Theory]
    [InlineData(null, "One,Two")]
    [InlineData("A, B;C|D", "A,B,C,D")]
    [InlineData(" , ", "")]
    [InlineData("", "")]
    public void Names_AreRead(string? text, string expected) => Assert.Equal(expected, string.Join(',', Read(Names, text)));

    [Fact]
    public void File_WinsOverTheWholeCompilation()
    {
        var options = new FixedOptions(file: "2", global: "3");
        Assert.Equal(2, Number.In(options.Analyzer, options.Tree));
        Assert.Equal(3, Number.InAll(options.Analyzer));
    }

    [Fact]
    public void ValueThatIsNotAccepted_CountsAsAbsent()
    {
        var options = new FixedOptions(file: "many", global: "3");
        Assert.Equal(3, Number.In(options.Analyzer, options.Tree));
    }

    [Fact]
    public void Options_DescribeThemselves()
    {
        Assert.Same(Number, RuleOption.All["backend_patterns.test_number"]);
        Assert.Equal(("true, false", "true"), (Flag.Values, Flag.DefaultText));
        Assert.Equal(("1 – 10", "5"), (Number.Values, Number.DefaultText));
        Assert.Equal(("light, dark", "dark"), (Choice.Values, Choice.DefaultText));
        Assert.Equal("One, Two", Names.DefaultText);
    }

    private static T Read<T>(RuleOption<T> option, string? text)
    {
        var options = new FixedOptions(text, global: null);
        return option.In(options.Analyzer, options.Tree);
    }

    /// <summary>Every key has one value in the file and one in the global configuration.</summary>
    private sealed class FixedOptions(string? file, string? global) : AnalyzerConfigOptionsProvider
    {
        public AnalyzerOptions Analyzer => new([], this);

        public SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText("");

        public override AnalyzerConfigOptions GlobalOptions { get; } = new OneValue(global);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new OneValue(file);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class OneValue(string? value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? found) => (found = value) is not null;
    }
}
