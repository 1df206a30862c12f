using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class ReachingValuesTests
{
    [Theory]
    [InlineData("var v = 1; Use(v);", "1")]
    [InlineData("var v = 1; v = 2; Use(v);", "2")]
    [InlineData("var v = 1; if (flag) v = 2; Use(v);", "2 1")]
    [InlineData("var v = 1; if (flag) v = 2; else v = 3; Use(v);", "3 2")]
    [InlineData("var v = 1; if (flag) { v = 2; return; } Use(v);", "1")]
    [InlineData("var v = 1; if (flag) v = 2; else Use(v);", "1")]
    [InlineData("var v = 1; if (flag) { v = 2; Use(v); }", "2")]
    [InlineData("var v = 1; if (flag) { v = 2; if (flag) v = 3; else v = 4; } Use(v);", "4 3 1")]
    [InlineData("var v = 1; if (flag) { if (flag) v = 3; else v = 4; } else v = 5; Use(v);", "5 4 3")]
    [InlineData("var v = 1; while (flag) v = 2; Use(v);", "2 1")]
    [InlineData("var v = 1; while (flag) { Use(v); v = 2; }", "2 1")]
    [InlineData("var v = 1; do v = 2; while (flag); Use(v);", "2")]
    [InlineData("var v = 1; try { v = 2; } catch (Exception) { } Use(v);", "2 1")]
    [InlineData("var v = 1; try { v = 2; } finally { Use(v); }", "2 1")]
    [InlineData("var v = 1; try { v = 2; Use(v); } finally { }", "2")]
    [InlineData("var v = 1; switch (n) { case 1: v = 2; break; default: v = 3; break; } Use(v);", "3 2")]
    [InlineData("var v = 1; switch (n) { case 1: v = 2; break; default: throw new InvalidOperationException(); } Use(v);", "2")]
    [InlineData("var v = 1; switch (n) { case 1: v = 2; break; } Use(v);", "2 1")]
    [InlineData("var v = 1; var ok = flag && (v = 2) > 0; Use(v);", "2 1")]
    [InlineData("var v = 1; Action later = () => v = 2; later(); Use(v);", "1 2")]
    [InlineData("var v = 1; v++; Use(v);", "?")]
    [InlineData("var v = 1; int.TryParse(\"4\", out v); Use(v);", "?")]
    public void Values_AreThoseThatReachThePlace(string statements, string expected)
    {
        var (reaching, _) = At(statements);
        Assert.Equal(expected, reaching.AreKnown ? string.Join(' ', reaching.Values.Select(value => value.Syntax.ToString())) : "?");
    }

    [Theory]
    [InlineData("Use(n);", true)]
    [InlineData("if (flag) n = 2; Use(n);", true)]
    [InlineData("n = 2; Use(n);", false)]
    public void ValueOfAParameter_IsKeptUntilEveryWayAssignsIt(string statements, bool expected) => Assert.Equal(expected, At(statements).Reaching.IncludesEntry);

    private static (ReachingValues Reaching, string Name) At(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class Test
            {
                public void Run(bool flag, int n)
                {
                    {{statements}}
                }

                private static void Use(int value) { }
            }
            """);
        var name = test.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Single(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "Use" }).ArgumentList.Arguments[0].Expression;
        var body = test.Tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First().Body!;
        var reference = test.Model.SemanticModelOf(test.Tree)!.GetOperation(body)!.DescendantsAndSelf().First(operation => operation.Syntax == name && operation.ReferencedSymbol() is not null);
        return (ReachingValues.At(reference, reference.ReferencedSymbol()!), name.ToString());
    }
}
