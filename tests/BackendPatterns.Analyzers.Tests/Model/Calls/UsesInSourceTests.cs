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

    [Theory]
    [InlineData("Store store", "store.Find(1);", 1)]
    [InlineData("IStore store", "store.Find(1);", 1)]
    [InlineData("IBigStore store", "store.Find(1);", 1)]
    [InlineData("BigStore store", "store.Find(1); store?.Find(1); (store).Find(1); store!.Find(1);", 4)]
    [InlineData("Other store", "store.Find(1);", 0)]
    [InlineData("dynamic store", "store.Find(1);", 0)]
    [InlineData("Other store", "{ Action<Store> find = store => store.Find(1); } { Action<Store> find = (Store store) => store.Find(1); } { Action<IBigStore> find = (IBigStore store) => store.Find(1); }", 3)]
    [InlineData("Store other", "Action<Other> find = (Other other) => other.Find(1); Func<Other, Action<Store>> make = (Other first) => (Store other) => other.Find(1);", 1)]
    [InlineData("Store other", "Map<Store>(); void Map<Other>() where Other : Store { Action<Other> find = (Other other) => other.Find(1); }", 1)]
    [InlineData("Other other", "var store = Make(); store.Find(1);", 1)]
    [InlineData("Other other", "_store.Find(1); this._store.Find(1); Stores.Find(1); Own.Find(1); _other.Find(1); this._other.Find(1);", 4)]
    public void Uses_AreFoundByWhatTheyAreCalledOn(string parameter, string statements, int expected)
    {
        var test = ModelTest.Compile($$"""
            public interface IStore { int Find(int id); }
            public interface IBigStore : IStore { }
            public class Store : IStore { public int Find(int id) => id; }
            public class BigStore : Store, IBigStore { }
            public class Other { public int Find(int id) => id; }
            public class Caller
            {
                private readonly Store _store = new();
                private readonly Other _other = new();
                private IBigStore Stores => new BigStore();
                private Own Own => new();
                private static Store Make() => new();
                private static void Generic<T>(T store) where T : IStore => store.Find(1);
                public void Run({{parameter}}) { {{statements}} }
            }
            public class Own : Store { }
            """);
        var target = (IMethodSymbol)test.Compilation.GetTypeByMetadataName("Store")!.GetMembers("Find")[0];
        // And the one in Generic.
        Assert.Equal(expected + 1, UsesInSource.Of(target, test.Model, maximum: 8, CancellationToken.None).Length);
    }

    [Theory]
    [InlineData("public static class Target { public static int Find(this Other other) => 1; }", "other.Find();")]
    [InlineData("public static class Target { public static int Find() => 1; }", "Target.Find();")]
    [InlineData("public class Target { public override string ToString() => string.Empty; }", "other.ToString(); contract.ToString();")]
    [InlineData("public class Target : Generic<int> { public override int Find() => 1; } public class Generic<T> { public virtual int Find() => 1; }", "generic.Find();")]
    public void Uses_AreFoundWhereTheReceiverHasAnotherType(string target, string statements)
    {
        var test = ModelTest.Compile($$"""
            {{target}}
            public class Other { }
            public interface IContract { }
            {{(target.Contains("Generic<T>", StringComparison.Ordinal) ? "" : "public class Generic<T> { }")}}
            public class Caller { public void Run(Other other, IContract contract, Generic<int> generic) { {{statements}} } }
            """);
        var method = test.Compilation.GetTypeByMetadataName("Target")!.GetMembers().OfType<IMethodSymbol>().First(member => member.MethodKind is MethodKind.Ordinary);
        Assert.Equal(statements.Count(c => c == ';'), UsesInSource.Of(method, test.Model, maximum: 8, CancellationToken.None).Length);
    }
}
