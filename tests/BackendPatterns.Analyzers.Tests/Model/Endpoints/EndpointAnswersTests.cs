using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.Endpoints;

public class EndpointAnswersTests
{
    [Theory]
    [InlineData("return Load();", 1)]
    [InlineData("return (object)Load();", 1)]
    [InlineData("return Ok(Load());", 1)]
    [InlineData("return Ok(Load().Select(i => i + 1).ToList());", 1)]
    [InlineData("var all = Load(); if (all.Count == 0) return NotFound(); return all.Count > 3 ? Ok(all) : Json(all);", 2)]
    [InlineData("return new Box { Items = Load() };", 1)]
    [InlineData("return new Box(Load());", 1)]
    [InlineData("return new PageOfNumbers { Items = Load() };", 0)]
    [InlineData("return Load().Count;", 0)]
    [InlineData("return Load().Where(i => i > 1).ToList();", 0)]
    [InlineData("return Load().Take(3);", 0)]
    [InlineData("var all = Load(); all = new(); return all;", 0)]
    [InlineData("Load(); return 1;", 0)]
    public void Returns_AreThoseOfAllElements(string statements, int count)
    {
        var test = Compile($"[HttpGet] public object Get() {{ {statements} }}");
        Assert.Equal(count, EndpointAnswers.ReturnsOf(Load(test)).Count);
    }

    [Theory]
    [InlineData("[HttpGet] public object Get() => Load();", "Get")]
    [InlineData("[HttpGet] public object Get() => First(); private List<int> First() => Second(); private List<int> Second() => Load();", "Get")]
    [InlineData("[HttpGet] public object Get() => Local(); private List<int> Local() { return Inner(); List<int> Inner() => Load(); }", "Get")]
    [InlineData("[NonAction] public object Get() => Load();", null)]
    [InlineData("private object Get() => Load();", null)]
    [InlineData("[HttpGet] public object Get(int page) => Load();", null)]
    [InlineData("[HttpGet] public object Get() => Some(3); private List<int> Some(int limit) => Load();", null)]
    [InlineData("[HttpGet] public object Get() => Some().Count; private List<int> Some() => Load();", null)]
    [InlineData("[HttpGet] public object Get() { Func<List<int>> some = Some; return some(); } private List<int> Some() => Load();", null)]
    [InlineData("[HttpGet] public object Get() => A(); private object A() => B(); private object B() => C(); private object C() => D(); private object D() => Load();", null)]
    [InlineData("[HttpGet] public object Get() => Again(3); private List<int> Again(int i) => i == 0 ? Again(i - 1) : Load();", "Get")]
    public void Handler_IsWhoAnswers(string members, string? name)
    {
        var test = Compile(members);
        Assert.Equal(name, test.Model.Endpoints!.Answers.HandlerOf(EndpointAnswers.ReturnsOf(Load(test)))?.Name);
    }

    private static IOperation Load(ModelTest test) =>
        test.Model.SemanticModelOf(test.Tree)!.GetOperation(test.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().First(call => call.ToString() == "Load()"))!;

    private static ModelTest Compile(string members) => ModelTest.Compile($$"""
        using Microsoft.AspNetCore.Mvc;

        public class Box { public Box() { } public Box(List<int> items) => Items = items; public List<int> Items { get; set; } = new(); }

        public class PageOfNumbers : Box { }

        public class NumbersController : Controller
        {
            {{members}}

            private static List<int> Load() => new();
        }
        """);
}
