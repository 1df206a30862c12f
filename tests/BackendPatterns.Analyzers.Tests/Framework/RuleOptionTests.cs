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
    private static readonly RuleOption<IReadOnlyList<string>> Words = RuleOption.Names("test_words", "Words.", static name => name == "bad" ? "'bad' is bad" : null);
    private static readonly RuleOption<string> Language = RuleOption.Text("test_text", "sentences", "A text.", static text => text == "wrong" ? "it is wrong" : null);

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
    [InlineData("unset", true)]
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
    [InlineData(" Unset ", "One,Two")]
    [InlineData("A B, C", "One,Two")]
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

    [Theory]
    [InlineData("test_flag", "no", "it accepts true or false")]
    [InlineData("test_number", "11", "it accepts whole numbers from 1 to 10")]
    [InlineData("test_choice", "1", "it accepts light or dark")]
    [InlineData("test_names", "A, B C", "the name 'B C' holds a blank, and commas separate names")]
    [InlineData("test_words", "B, bad", "'bad' is bad")]
    [InlineData("test_text", "wrong", "it is wrong")]
    [InlineData("test_flag", "True", null)]
    [InlineData("test_number", " 10 ", null)]
    [InlineData("test_choice", "Dark", null)]
    [InlineData("test_names", "", null)]
    [InlineData("test_words", "B", null)]
    [InlineData("test_text", "", null)]
    [InlineData("test_text", "unset", null)]
    [InlineData("test_number", "unset", null)]
    public void Problem_SaysWhatIsAccepted(string name, string text, string? problem) =>
        Assert.Equal(problem, new RuleOption[] { Flag, Number, Choice, Names, Words, Language }.Single(option => option.Key == "backend_patterns." + name).ProblemOf(text));

    [Fact]
    public void Property_IsNotSetWhereItIsEmpty()
    {
        var property = RuleOption.FlagProperty("TestSwitch", defaultValue: true, "A switch.");
        Assert.Null(property.ProblemOf(" "));
        Assert.Equal("it accepts true or false", property.ProblemOf("on"));
        Assert.Equal((true, "build_property.TestSwitch", "TestSwitch"), (property.IsProperty, property.Key, property.Name));
        Assert.True(property.InAll(new FixedOptions(file: null, global: "").Analyzer));
        Assert.False(property.InAll(new FixedOptions(file: null, global: "false").Analyzer));
    }

    [Fact]
    public void Options_DescribeThemselves()
    {
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
