using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class UsesInSourceTests
{
    [Theory]
    [InlineData("public static void Find(int id) { }", "Test.Find(1); Test.Find(id: 2); Other.Find(1, 2);", 2)]
    [InlineData("public static void Find(int id, int more = 0) { }", "Test.Find(1); Test.Find(1, 2);", 2)]
    [InlineData("public static void Find(params int[] ids) { }", "Test.Find(); Test.Find(1); Test.Find(1, 2, 3);", 3)]
    [InlineData("public static void Find(int first, params int[] ids) { }", "Test.Find(1); Test.Find(1, 2, 3);", 2)]
    [InlineData("public static void Find(this string text, int id) { }", "\"\".Find(1); Test.Find(\"\", 1); \"\"?.Find(3);", 3)]
    [InlineData("public static void Find(int id) { } public static void Find(int id, string text) { }", "Test.Find(1); Test.Find(1, \"\");", 1)]
    [InlineData("public static void Find(int id) { }", "Action<int> find = Test.Find; var name = nameof(Test.Find);", 1)]
    [InlineData("public static void Find<T>(T id) { }", "Test.Find<int>(1); Test.Find(1L);", 2)]
    public void Uses_AreTheCallsOfTheMethod(string method, string statements, int expected)
    {
        var test = ModelTest.Compile($$"""
            public static class Test { {{method}} }
            public static class Other { public static void Find(int a, int b) { } }
            public class Caller { public void Run() { {{statements}} } }
            """);
        var target = (IMethodSymbol)test.Compilation.GetTypeByMetadataName("Test")!.GetMembers("Find")[0];
        Assert.Equal(expected, UsesInSource.Of(target, test.Model, maximum: 8, CancellationToken.None).Length);
    }

    [Fact]
    public void CallThroughAnInterface_MayLeaveOutWhatOnlyTheInterfaceHasADefaultFor()
    {
        var test = ModelTest.Compile("""
            public interface IStore { int Find(int id, int more = 1); }
            public class Store : IStore { public int Find(int id, int more) => id; }
            public class Caller { public int Run(IStore store) => store.Find(1); }
            """);
        var target = (IMethodSymbol)test.Compilation.GetTypeByMetadataName("Store")!.GetMembers("Find")[0];
        Assert.Single(UsesInSource.Of(target, test.Model, maximum: 8, CancellationToken.None));
    }
}
