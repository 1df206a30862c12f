using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class LocalValuesTests
{
    [Theory]
    [InlineData("var x = 1;", "1")]
    [InlineData("int x; x = 1;", "1")]
    [InlineData("var x = 1; x = 2;", "1 2")]
    [InlineData("var x = 1; x += 2;", "1 ?")]
    [InlineData("var x = 1; x++;", "1 ?")]
    [InlineData("foreach (var x in numbers) { }", "?")]
    [InlineData("int.TryParse(\"1\", out var x);", "?")]
    [InlineData("int x; int.TryParse(\"1\", out x);", "?")]
    [InlineData("var (x, y) = (1, 2);", "?")]
    [InlineData("int x; (x, _) = (1, 2);", "?")]
    [InlineData("object o = 1; if (o is int x) { }", "?")]
    [InlineData("int? x = null; x ??= 1;", "null ?")]
    [InlineData("var x = 1; Action set = () => x = 5; set();", "1 5")]
    [InlineData("var x = 1; void Set() { x = 7; } Set();", "1 7")]
    public void Writes_AreAllSeen(string statements, string expected)
    {
        var (values, local) = Values(statements);
        Assert.Equal(expected, string.Join(' ', values.WritesTo(local).Select(value => value?.Syntax.ToString() ?? "?")));
    }

    [Theory]
    [InlineData("var x = 1;", true)]
    [InlineData("var x = 1; x = 2;", false)]
    [InlineData("foreach (var x in numbers) { }", false)]
    public void OnlyValue_IsKnownForOneWrite(string statements, bool expected)
    {
        var (values, local) = Values(statements);
        Assert.Equal(expected, values.OnlyValueOf((ILocalSymbol)local) is not null);
    }

    [Fact]
    public void References_IncludeLambdas()
    {
        var (values, local) = Values("var x = 1; Func<int> get = () => x + x; x = 3;");
        Assert.Equal(3, values.ReferencesTo(local).Count);
    }

    private static (LocalValues Values, ISymbol Local) Values(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class Test
            {
                public void Run(List<int> numbers)
                {
                    {{statements}}
                }
            }
            """);
        var body = test.Operation<BlockSyntax>("{");
        var locals = body.DescendantsAndSelf().Select(operation => operation switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            ILocalReferenceOperation reference => reference.Local,
            IDeclarationPatternOperation pattern => pattern.DeclaredSymbol,
            _ => null,
        });
        return (LocalValues.Around(body), locals.First(local => local?.Name == "x")!);
    }
}
