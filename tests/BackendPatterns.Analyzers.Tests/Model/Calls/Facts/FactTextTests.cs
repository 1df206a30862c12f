using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Tests.Model.Calls.Facts;

public class FactTextTests
{
    private const string Text = "1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|2|0|0||Orders.Find|DbSet.Find";
    private const string CallText = "1|M:Shop.Service.Load(System.Int32)||M:Shop.IStore`1.Get(System.Int32)|Shop.Order|1,8000000000000000|Service.Load";

    [Theory]
    [InlineData("M:Shop.IOrders.Find(System.Int32)", "", DataLibrary.EntityFrameworkCore, 1UL, 0UL, "Orders.Find", "DbSet.Find")]
    [InlineData("M:Shop.IStore`1.Find(`0)", "Shop.Order;*", DataLibrary.Dapper, ulong.MaxValue, 6UL, null, "Orders.Load → IDbConnection.QueryAsync")]
    [InlineData("M:Shop.Orders.get_Count", "", null, 0UL, 0UL, null, "IQueryable.Count")]
    public void WhatIsWritten_IsRead(string id, string typeArguments, DataLibrary? library, ulong sources, ulong pages, string? implementation, string chain)
    {
        foreach (var kind in Enum.GetValues<RoundTripKind>())
        {
            var fact = new MethodFact(new MemberName(id, typeArguments), new RoundTripFact(kind, library, sources, chain, pages, implementation));
            Assert.Equal(fact, FactText.RoundTrip(FactText.Of(fact)));
        }
    }

    [Fact]
    public void Choices_AreRead()
    {
        const string text = "1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|2|0|0|2:1:-5;4:7|Orders.Find|DbSet.Find";
        var fact = FactText.RoundTrip(text)!;
        Assert.Equal(text, FactText.Of(fact));
        Assert.Equal([(2UL, "1 -5"), (4UL, "7")], fact.Trip.IfChosen.Select(choice => (choice.Parameter, string.Join(' ', choice.Values))));
        Assert.True(fact.Trip.IfChosen[0].Allows(-5));
        Assert.False(fact.Trip.IfChosen[0].Allows(7));
    }

    [Fact]
    public void Texts_AreThese()
    {
        Assert.Equal(Text, FactText.Of(FactText.RoundTrip(Text)!));
        Assert.Equal(CallText, FactText.Of(FactText.Call(CallText)!));
        Assert.Equal([1UL, (ulong.MaxValue / 2) + 1], FactText.Call(CallText)!.Arguments.ToArray());
        Assert.Empty(FactText.Call("1|M:A.B||M:C.D|||B")!.Arguments);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("||||||||")]
    [InlineData("0|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
    [InlineData("2|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
    [InlineData("1|T:Shop.IOrders||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||databaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||0|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead, DatabaseWrite|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|NewLibrary|1|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|x|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|x|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|x|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|x|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|11111111111111111|0|0|0|||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find|more")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|x:1||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|2:1;||DbSet.Find")]
    [InlineData("1|M:Shop.IOrders.Find(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|2:one||DbSet.Find")]
    [InlineData("1|M:Shop.Service.Load(System.Int32)||T:Shop.IOrders||1|Service.Load")]
    [InlineData("1|T:Shop.Service||M:Shop.IOrders.Find||1|Service.Load")]
    [InlineData("2|M:Shop.Service.Load(System.Int32)||M:Shop.IOrders.Find||1|Service.Load")]
    [InlineData("1|M:Shop.Service.Load(System.Int32)||M:Shop.IOrders.Find||1,x|Service.Load")]
    public void OtherVersionsAndDamagedTexts_AreAbsent(string? text)
    {
        Assert.Null(FactText.RoundTrip(text));
        Assert.Null(FactText.Call(text));
    }

    [Fact]
    public void CutOffTexts_AreAbsent()
    {
        for (var length = 0; length <= Text.LastIndexOf('|') + 1; length++)
            Assert.Null(FactText.RoundTrip(Text[..length]));
        for (var length = 0; length <= CallText.LastIndexOf('|') + 1; length++)
            Assert.Null(FactText.Call(CallText[..length]));
    }

    [Fact]
    public void SeparatorInAName_IsNotWritten() =>
        Assert.Null(FactText.Of(new MethodFact(new MemberName("M:A.B", ""), new RoundTripFact(RoundTripKind.DatabaseRead, null, 0, "a|b"))));

    [Theory]
    [InlineData("M:Shop.IOrders.Find(System.Int32)", "Find")]
    [InlineData("M:Shop.IOrders.Find", "Find")]
    [InlineData("M:Find", "M:Find")]
    [InlineData("M:Shop.Store`1.Find``1(System.Func{System.Int32,``0})", "Find")]
    [InlineData("M:Shop.Orders.get_Count", "Count")]
    [InlineData("M:Shop.Orders.get_Item(System.Int32)", "this[]")]
    [InlineData("M:Shop.Orders.#ctor(Shop.ShopContext)", "Orders")]
    [InlineData("M:Shop.Store`1.#ctor(Shop.ShopContext)", "Store")]
    [InlineData("M:Orders.#ctor", "Orders")]
    [InlineData("M:Shop.Money.op_Implicit(Shop.Money)~System.Decimal", "op_Implicit")]
    [InlineData("M:", "M:")]
    [InlineData("M:.", "")]
    [InlineData("M:a.#ctor", "a")]
    [InlineData("M:#ctor", "M:#ctor")]
    [InlineData("M:(", "M:")]
    public void SimpleName_IsThatOfTheCall(string id, string name) => Assert.Equal(name, MemberName.SimpleName(id));
}
