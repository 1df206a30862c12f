using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Layers;

namespace BackendPatterns.Analyzers.Tests.Model.Layers;

public class LayerPatternTests
{
    [Theory]
    [InlineData("Domain", "Domain", 0)]
    [InlineData("Domain", "Shop.Domain", 1)]
    [InlineData("Domain", "Shop.Domain.Orders", 1)]
    [InlineData("Shop.Domain", "Shop.Domain.Orders", 0)]
    [InlineData("Shop.Domain", "Acme.Shop.Domain", 1)]
    [InlineData("Dom*", "Shop.Domain", 1)]
    [InlineData("*.Domain", "Shop.Domain", 0)]
    [InlineData("*main*", "Shop.Domain", 1)]
    [InlineData("D*a*n", "Domain", 0)]
    [InlineData("Shop.*.Domain", "Shop.Orders.Domain.Events", 0)]
    [InlineData("Shop.**.Domain", "Shop.Domain", 0)]
    [InlineData("Shop.**.Domain", "Shop.Modules.Orders.Domain", 0)]
    [InlineData("Shop.**", "Acme.Shop.Orders", 1)]
    [InlineData("**.Domain", "Shop.Domain", 1)]
    [InlineData("Modules.**.Orders.**.Domain", "Shop.Modules.A.Orders.B.C.Domain", 1)]
    public void Fits(string pattern, string space, int at) => Assert.Equal(at, IndexIn(pattern, space));

    [Theory]
    [InlineData("Domain", "Shop.DomainEvents")]
    [InlineData("Domain", "Shop.SubDomain")]
    [InlineData("Domain", "shop.domain")]
    [InlineData("Shop.Domain", "Shop.Orders.Domain")]
    [InlineData("Shop.*.Domain", "Shop.Domain")]
    [InlineData("Shop.*.Domain", "Shop.A.B.Domain")]
    [InlineData("Shop.**.Domain", "Domain.Shop")]
    [InlineData("D*b", "Domain")]
    [InlineData("Domain", "")]
    public void DoesNotFit(string pattern, string space) => Assert.Equal(-1, IndexIn(pattern, space));

    [Theory]
    [InlineData("Infrastructure, Domain", "Shop.Infrastructure.Domain", "Infrastructure")]
    [InlineData("Domain, Infrastructure", "Shop.Infrastructure.Domain", "Infrastructure")]
    [InlineData("Shop, Shop.Domain", "Shop.Domain.Orders", "Shop.Domain")]
    [InlineData("Shop.*, Shop.Domain", "Shop.Domain.Orders", "Shop.Domain")]
    [InlineData("Shop.D*, Shop.*n", "Shop.Domain", "Shop.D*")]
    [InlineData("Web, Domain", "Shop.Reports", null)]
    public void NamespaceOfSeveralLayers_BelongsToTheOutermostThenTheClosest(string text, string space, string? expected)
    {
        var rules = LayerRulesText.Parse(text, out _)!;
        var layer = rules.LayerOf([.. space.Split('.')]);
        Assert.Equal(expected, layer < 0 ? null : rules.Layers[layer].Text);
    }

    [Theory]
    [InlineData("Data, Web", "System.Data", -1)]
    [InlineData("System.Data, Web", "System.Data.Common", 0)]
    public void NamespaceOfALibrary_FitsFromItsBeginning(string text, string space, int expected) =>
        Assert.Equal(expected, LayerRulesText.Parse(text, out _)!.LayerOf([.. space.Split('.')], fromStart: true));

    private static int IndexIn(string pattern, string space)
    {
        var parsed = LayerPattern.Parse(pattern, out var problem);
        Assert.Null(problem);
        return parsed!.IndexIn(space.Length == 0 ? ImmutableArray<string>.Empty : [.. space.Split('.')]);
    }
}
