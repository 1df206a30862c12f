using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class ContextSavesTests
{
    [Theory]
    [InlineData("db.Orders.First(); db.SaveChanges();", 1, true)]
    [InlineData("db.Orders.First(); if (flag) await db.SaveChangesAsync(); db.SaveChanges();", 2, true)]
    [InlineData("db.Orders.First(); other.SaveChanges();", 0, true)]
    [InlineData("db.Orders.First();", 0, false)]
    [InlineData("db.Orders.First(); void Save() => db.SaveChanges();", 0, false)]
    [InlineData("db.Orders.First(); Action save = () => db.SaveChanges();", 1, true)]
    [InlineData("var same = db; db.Orders.First(); same.SaveChanges();", 0, true)]
    public void Saves_AreThoseOfTheSameContext(string statements, int count, bool any)
    {
        var first = First(statements);
        Assert.Equal(count, ContextSaves.On(ContextOf(first), first).Count);
        Assert.Equal(any, ContextSaves.AnyAround(first));
    }

    [Theory]
    [InlineData("db.Orders.First(); db.SaveChanges();", true)]
    [InlineData("_field.Orders.First(); this._field.SaveChanges();", true)]
    [InlineData("holder.Db.Orders.First(); holder.Db.SaveChanges();", false)]
    [InlineData("db.Orders.First(); other.SaveChanges();", false)]
    [InlineData("Make().Orders.First(); Make().SaveChanges();", false)]
    public void Context_IsTheSameVariable(string statements, bool isSame)
    {
        var first = First(statements);
        var save = first.Root().Descendants().OfType<IInvocationOperation>().Single(call => call.TargetMethod.Name == "SaveChanges");
        Assert.Equal(isSame, ContextSaves.IsSame(save.Instance, ContextOf(first)));
    }

    private static IOperation ContextOf(IInvocationOperation first) => ((IPropertyReferenceOperation)first.Receiver()!.Unwrap()).Instance!;

    private static IInvocationOperation First(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class Holder { public ShopContext Db { get; set; } = null!; }

            public class Service(ShopContext own)
            {
                private readonly ShopContext _field = own;

                public async Task Run(ShopContext db, ShopContext other, Holder holder, bool flag)
                {
                    await Task.Yield();
                    {{statements}}
                }

                private ShopContext Make() => own;
            }
            """);
        return test.Operation<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>("public async Task Run").Descendants().OfType<IInvocationOperation>().First(call => call.TargetMethod.Name == "First");
    }
}
