using BackendPatterns.Analyzers.Model.Layers;

namespace BackendPatterns.Analyzers.Tests.Model.Layers;

public class LayerRulesTextTests
{
    [Theory]
    [InlineData("Web > Application > Domain", "Web", "Application")]
    [InlineData("Web > Application > Domain", "Web", "Domain")]
    [InlineData("Web > Application > Domain", "Application", "Domain")]
    [InlineData("Web > Application > Domain, Infrastructure > Application", "Infrastructure", "Domain")]
    [InlineData("Infrastructure > Application, Web > Application > Domain", "Infrastructure", "Domain")]
    [InlineData("Application > Domain; Web > Application", "Web", "Domain")]
    [InlineData("Web>Application|Application>Domain", "Web", "Domain")]
    [InlineData("A > C, B > C, D > A", "D", "C")]
    [InlineData("A, B", "A", "A")]
    [InlineData(" Web > Application , ", "Web", "Application")]
    public void Allowed(string text, string from, string to) => Assert.True(Allows(text, from, to));

    [Theory]
    [InlineData("Web > Application > Domain", "Domain", "Application")]
    [InlineData("Web > Application > Domain", "Domain", "Web")]
    [InlineData("Web > Application > Domain", "Application", "Web")]
    [InlineData("Web > Application > Domain, Infrastructure > Application", "Web", "Infrastructure")]
    [InlineData("Web > Application > Domain, Infrastructure > Application", "Infrastructure", "Web")]
    [InlineData("Catalog, Ordering", "Catalog", "Ordering")]
    [InlineData("Catalog, Ordering", "Ordering", "Catalog")]
    [InlineData("A > C, B > C", "A", "B")]
    public void Forbidden(string text, string from, string to) => Assert.False(Allows(text, from, to));

    [Theory]
    [InlineData("> Web", "a layer name is missing before '>' at character 1")]
    [InlineData("Web > > Domain", "a layer name is missing before '>' at character 7")]
    [InlineData("Web >", "a layer name is missing after the last '>' before character 6")]
    [InlineData("Web > , Domain", "a layer name is missing after the last '>' before character 7")]
    [InlineData("Web Domain", "'>' or a comma is missing before 'Domain' at character 5")]
    [InlineData("Web < Domain", "'<' at character 5 cannot stand in a layer name")]
    [InlineData("Web -> Domain", "'-' at character 5 cannot stand in a layer name")]
    [InlineData("Web > Shop..Domain", "the layer name 'Shop..Domain' at character 7 has a dot with nothing before or after it")]
    [InlineData("Web > .Domain", "the layer name '.Domain' at character 7 has a dot with nothing before or after it")]
    [InlineData("Web > Domain.", "the layer name 'Domain.' at character 7 has a dot with nothing before or after it")]
    [InlineData("Web > Dom**", "the layer name 'Dom**' at character 7 has '**' beside other characters; it stands for whole parts")]
    [InlineData("Web > *", "the layer name '*' at character 7 fits every namespace")]
    [InlineData("Web > **", "the layer name '**' at character 7 fits every namespace")]
    [InlineData("A > A", "'A > A' at character 5 closes a circle: 'A' is below 'A' and above it")]
    [InlineData("A > B > A", "'B > A' at character 9 closes a circle: 'A' is below 'B' and above it")]
    [InlineData("A > B > C, C > A", "'C > A' at character 16 closes a circle: 'A' is below 'C' and above it")]
    [InlineData(", ;", "it names no layer")]
    [InlineData("Web", "it names one layer only, 'Web', so that no reference can be wrong (in an .editorconfig everything after ';' or '#' is a comment)")]
    public void BadText_SaysWhatAndWhere(string text, string expected)
    {
        Assert.Null(LayerRulesText.Parse(text, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void ManyLayers_AreRead() => Assert.Equal(64, LayerRulesText.Parse(string.Join(" > ", Enumerable.Range(1, 64).Select(i => "L" + i)), out _)!.Layers.Length);

    [Fact]
    public void TooManyLayers_AreAProblem()
    {
        Assert.Null(LayerRulesText.Parse(string.Join(", ", Enumerable.Range(1, 65).Select(i => "L" + i)), out var problem));
        Assert.Contains("'L65'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void LastOf64Layers_MayUseNoOther()
    {
        var rules = LayerRulesText.Parse(string.Join(" > ", Enumerable.Range(1, 64).Select(i => "L" + i)), out _)!;
        Assert.Equal(ulong.MaxValue >> 1, rules.ForbiddenTo(63));
        Assert.Equal(0UL, rules.ForbiddenTo(0));
    }

    [Fact]
    public void AnyText_IsRulesOrAProblem()
    {
        const string Characters = "AB.*>,; |#<\0é_1";
        var random = new Random(2008);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Characters[random.Next(Characters.Length)]));
            var rules = LayerRulesText.Parse(text, out var problem);
            Assert.True(rules is null == problem is not null, text);
        }
    }

    private static bool Allows(string text, string from, string to)
    {
        var rules = LayerRulesText.Parse(text, out var problem);
        Assert.Null(problem);
        int IndexOf(string name) => rules!.Layers.Select(layer => layer.Text).ToList().IndexOf(name);
        return rules!.Allow(IndexOf(from), IndexOf(to));
    }
}
