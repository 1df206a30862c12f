using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class NameMentionsTests
{
    private const string Program = """
        Console.WriteLine(Numbers.Next());

        public class Numbers
        {
            /// <summary>Next of <see cref="Next"/>.</summary>
            public static int Next() => 1; // Next()

            private readonly int _first = Next();

            public int Both => Next() + NextNext();

            public static Numbers operator +(Numbers a, Numbers b) { Next(); return a; }

            public event Action Changed { add => Next(); remove { } }

            ~Numbers() => Next();

            private static int NextNext() { var text = "Next " + $"{@Next()}"; Func<int> next = Next; return text.Length + next(); }

            private void Nothing() { }
        }
        """;

    [Fact]
    public void Names_AreFoundWhereverCodeMayStand()
    {
        var test = ModelTest.Compile(Program, output: OutputKind.ConsoleApplication);
        var found = test.Model.Mentions.Of("Next").ToList();
        Assert.All(found, name => Assert.Equal("Next", name.Identifier.ValueText));
        // Top-level statement, field, property, operator, event, finalizer, interpolation, method group; not the comment, the text, the documentation, the declaration.
        Assert.Equal(8, found.Count);
        Assert.Equal(found.Count, found.Distinct().Count());
    }

    [Fact]
    public void NamesOfOneTree_AreTheSame()
    {
        var test = ModelTest.Compile(Program, output: OutputKind.ConsoleApplication);
        Assert.Equal(
            test.Model.Mentions.Of("Next").Select(name => name.SpanStart).Order(),
            BackendPatterns.Analyzers.Model.Calls.NameMentions.In(test.Tree, "Next").Select(name => name.SpanStart).Order());
    }

    [Theory]
    [InlineData("Nothing")]
    [InlineData("Unheard")]
    [InlineData("")]
    public void OtherNames_AreNotFound(string name) =>
        Assert.Empty(ModelTest.Compile(Program, output: OutputKind.ConsoleApplication).Model.Mentions.Of(name));

    [Fact]
    public void Names_AreTheSameHoweverOftenOneAsks()
    {
        var test = ModelTest.Compile(Program, output: OutputKind.ConsoleApplication);
        foreach (var name in new[] { "Next", "NextNext", "Nothing" })
        {
            var first = test.Model.Mentions.Of(name).Select(found => found.SpanStart).ToList();
            // After some questions there is a list of the files.
            for (var question = 0; question < 50; question++)
                Assert.Equal(first, test.Model.Mentions.Of(name).Select(found => found.SpanStart));
        }
    }
}
