using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

public class WrittenTypesTests
{
    [Fact]
    public void TypeWritten_IsThatOfTheSemanticModel()
    {
        var test = ModelTest.Compile("""
            using Alias = System.Text.StringBuilder;

            Top<Outer>(); Top<List<Alias>>();
            static void Top<T>() { }

            public class Outer
            {
                public class Inner { }
                public class Shadowed { }
                private static void Use<T>() { }
                private readonly Action _field = () => Use<Inner>();
                public int Property { get { Use<Alias>(); return 1; } }
                public void Method<TOuter, Shadowed>() where Shadowed : Outer
                {
                    Use<Inner>(); Use<TOuter>(); Use<Shadowed>(); Use<List<Shadowed>>(); Use<Outer.Shadowed>(); Use<int?>(); Use<string?>(); Use<(int, Inner)>();
                    Local<Inner>();
                    void Local<TLocal>() { Use<TLocal>(); Action<Inner> action = (Inner inner) => Use<TLocal[]>(); }
                }
            }

            public class Base(Action action) { public Action Action => action; }
            public class Derived() : Base(() => Generic<Nested>()) { public class Nested { } private static void Generic<T>() { } }
            public class Nested { }
            """, output: OutputKind.ConsoleApplication);
        var semantics = test.Model.SemanticModelOf(test.Tree)!;
        var types = test.Tree.GetRoot().DescendantNodes().OfType<TypeArgumentListSyntax>().SelectMany(list => list.Arguments).ToList();
        Assert.True(types.Count > 15);
        Assert.All(types, type => Assert.Equal(semantics.GetTypeInfo(type).Type, semantics.TypeWritten(type), SymbolEqualityComparer.Default));
    }

    [Fact]
    public void NamesOfNothing_AreNoTypes()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { void M() { Use<Missing>(); } void Use<T>() { } }");
        var semantics = CSharpCompilation.Create("Test", [tree]).GetSemanticModel(tree);
        Assert.True(semantics.TypeWritten(tree.GetRoot().DescendantNodes().OfType<TypeArgumentListSyntax>().Single().Arguments[0]) is null or { TypeKind: TypeKind.Error });
    }
}
