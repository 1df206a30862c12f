using BackendPatterns.Analyzers.Model.Calls;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class NameTableTests
{
    [Fact]
    public void Names_HaveThePositionsOfTheirFirstMention()
    {
        var table = new NameTable();
        Assert.Equal([0, 1, 0], [table.Add("Take"), table.Add("Skip"), table.Add("Take")]);
        Assert.Equal(["Take", "Skip"], table.Names);
        Assert.Equal(-1, table.PositionOf("Ski"));
    }

    [Fact]
    public void ManyNames_AreAllFound()
    {
        var names = Enumerable.Range(0, 5000).Select(number => $"Name{number}").ToArray();
        var table = new NameTable();
        foreach (var name in names)
            table.Add(name);
        Assert.Equal(Enumerable.Range(0, names.Length), names.Select(table.PositionOf));
    }
}
