using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class OrderingTests
{
    [Theory]
    [InlineData("A(); B();", true)]
    [InlineData("B(); A();", false)]
    [InlineData("B(A());", true)]
    [InlineData("A(B());", false)]
    [InlineData("if (flag) A(); B();", true)]
    [InlineData("if (flag) A(); else B();", false)]
    [InlineData("if (A()) B();", true)]
    [InlineData("if (flag) { A(); return; } B();", false)]
    [InlineData("if (flag) { A(); throw new Exception(); } B();", false)]
    [InlineData("if (flag) { if (flag) { A(); } return; } B();", false)]
    [InlineData("while (flag) { if (flag) A(); else B(); }", true)]
    [InlineData("while (flag) { B(); A(); }", true)]
    [InlineData("foreach (var x in new[] { 1 }) { A(); } B();", true)]
    [InlineData("switch (n) { case 1: A(); break; default: B(); break; }", false)]
    [InlineData("_ = n switch { 1 => A(), _ => B() };", false)]
    [InlineData("try { A(); } catch (Exception) { B(); }", true)]
    [InlineData("try { } catch (ArgumentException) { A(); } catch (Exception) { B(); }", false)]
    [InlineData("new List<int>().ForEach(x => { A(); return; }); B();", true)]
    public void FirstBeforeSecond(string statements, bool expected)
    {
        var test = ModelTest.Compile($$"""
            public static class Code
            {
                public static void Run(bool flag, int n)
                {
                    {{statements}}
                }

                private static bool A(bool x = true) => x;
                private static bool B(bool x = true) => x;
            }
            """);
        var root = test.Call("A(").Root();
        var calls = root.Descendants().OfType<IInvocationOperation>().ToList();
        Assert.Equal(expected, Ordering.MayRunBefore(calls.Single(call => call.TargetMethod.Name == "A"), calls.Single(call => call.TargetMethod.Name == "B")));
    }
}
