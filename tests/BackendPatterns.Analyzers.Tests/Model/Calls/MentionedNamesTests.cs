using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class MentionedNamesTests
{
    private static readonly MentionedNames Names = new(["Take", "foreach"]);

    [Theory]
    [InlineData("public void Run() { Enumerable.Range(0, 9).Take(1); }", true)]
    [InlineData("public void Run() { Func<int> f = () => Enumerable.Range(0, 9).Take(1).First(); }", true)]
    [InlineData("public void Run() { Enumerable.Range(0, 9).@Take(1); }", true)]
    [InlineData("public void Run() { foreach (var c in \"\") { } }", true)]
    [InlineData("public void Run() { /* Take */ }", true)]
    [InlineData("public void Run() { Taken(); } private void Taken() { Take(); } private void Take() { }", false)]
    [InlineData("public void Take() { }", false)]
    [InlineData("public static int operator +(Test a, Test b) => 1;", true)]
    public void Member_IsAskedByItsText(string members, bool expected)
    {
        var test = ModelTest.Compile($"public class Test {{ {members} }}");
        var member = test.Tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>().First();
        Assert.Equal(expected, Names.AreAround(BodyOf(member), CancellationToken.None));
    }

    [Fact]
    public void EmptyList_IsMentionedNowhere()
    {
        var test = ModelTest.Compile("public class Test { public void Run() { Run(); } }");
        Assert.False(new MentionedNames().AreAround(test.Call("Run").Syntax, CancellationToken.None));
    }

    private static SyntaxNode BodyOf(BaseMethodDeclarationSyntax member) => (SyntaxNode?)member.Body ?? member.ExpressionBody!;
}
