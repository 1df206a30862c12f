using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

/// <summary>The prefilter over the texts of trees.</summary>
public class TreeWordsTests
{
    private static readonly TreeWords Fruit = new("apple", "pear");
    private static readonly TreeWords Tools = new("hammer");

    [Theory]
    [InlineData("class apple;", true)]
    [InlineData("// a pear in a comment", true)]
    [InlineData("class Apple;", false)]
    [InlineData("", false)]
    public void AnyIn_IsTrueWhereTheTextHasAWord(string text, bool expected)
    {
        var tree = CSharpSyntaxTree.ParseText(text);

        Assert.Equal(expected, Fruit.AnyIn(tree, CancellationToken.None));
        Assert.Equal(expected, Fruit.AnyIn(tree, CancellationToken.None));
    }

    [Fact]
    public void Contains_TellsTheWordsApart()
    {
        var tree = CSharpSyntaxTree.ParseText("class pear;");

        Assert.True(Fruit.Contains(tree, "pear", CancellationToken.None));
        Assert.False(Fruit.Contains(tree, "apple", CancellationToken.None));
    }

    [Fact]
    public void ListsOfOneTree_DoNotShareAnswers()
    {
        var tree = CSharpSyntaxTree.ParseText("class apple;");

        Assert.False(Tools.AnyIn(tree, CancellationToken.None));
        Assert.True(Fruit.AnyIn(tree, CancellationToken.None));
        Assert.False(Tools.AnyIn(tree, CancellationToken.None));
    }

    [Fact]
    public void ListThatIsMadeLater_HasAPlaceOfItsOwn()
    {
        var tree = CSharpSyntaxTree.ParseText("class apple { int saw; }");
        Assert.True(Fruit.AnyIn(tree, CancellationToken.None));

        var later = Enumerable.Range(0, 20).Select(i => new TreeWords("saw", "missing" + i)).ToList();

        Assert.All(later, list => Assert.True(list.Contains(tree, "saw", CancellationToken.None)));
        Assert.True(Fruit.Contains(tree, "apple", CancellationToken.None));
    }

    [Fact]
    public void ManyWords_AreToldApart()
    {
        var words = Enumerable.Range(0, 63).Select(i => "word" + i + ";").ToArray();
        var list = new TreeWords(words);
        var tree = CSharpSyntaxTree.ParseText("// word62; word0;");

        Assert.Equal(["word0;", "word62;"], words.Where(word => list.Contains(tree, word, CancellationToken.None)));
    }
}
