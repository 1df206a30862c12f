using BackendPatterns.Analyzers.Model.DataAccess.Transactions;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.DataAccess.Transactions;

/// <summary>What opens a transaction, on which context, and which statements run while it is open.</summary>
public class TransactionTests
{
    [Theory]
    [InlineData("db.Database.BeginTransaction()", TransactionKind.Begun)]
    [InlineData("db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable)", TransactionKind.Begun)]
    [InlineData("db.Database.UseTransaction(raw)", TransactionKind.Joined)]
    [InlineData("db.Database.EnlistTransaction(System.Transactions.Transaction.Current)", TransactionKind.Joined)]
    [InlineData("this.Shop.Database.BeginTransaction()", TransactionKind.Begun)]
    public void Call_OpensATransactionOnItsContext(string call, TransactionKind kind)
    {
        var test = Compile($"var opened = {call};".Replace("var opened = db.Database.Enlist", "db.Database.Enlist", StringComparison.Ordinal));
        var transaction = UserTransactions.Of(test.Call(call), test.Model.Libraries.EntityFrameworkCore!);
        Assert.Equal((kind, "ShopContext"), (transaction?.Kind, transaction?.Context?.Name));
    }

    [Theory]
    [InlineData("db.Database.UseTransaction(null)")]
    [InlineData("db.Database.CommitTransaction()")]
    [InlineData("connection.BeginTransaction()")]
    [InlineData("db.Database.GetDbConnection().BeginTransaction()")]
    [InlineData("BeginTransaction()")]
    public void OtherCall_OpensNone(string call)
    {
        var test = Compile(call + ";");
        Assert.Null(UserTransactions.Of(test.Call(call), test.Model.Libraries.EntityFrameworkCore!));
    }

    [Theory]
    [InlineData("new System.Transactions.TransactionScope()", true, false)]
    [InlineData("new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled)", true, true)]
    [InlineData("new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.RequiresNew)", true, false)]
    [InlineData("new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.Suppress)", false, false)]
    public void Scope_OpensAnAmbientOneUnlessItSuppresses(string scope, bool isOpened, bool flows)
    {
        var test = Compile($"using var s = {scope};");
        var transaction = UserTransactions.Of(test.Operation<ObjectCreationExpressionSyntax>(scope), test.Model.Libraries.EntityFrameworkCore!);
        Assert.Equal((isOpened, isOpened && flows), (transaction is not null, transaction?.FlowsOverAwait ?? false));
    }

    [Theory]
    [InlineData("using var t = db.Database.BeginTransaction(); One(); t.Commit(); Two();", "One();|t.Commit();")]
    [InlineData("using (var t = db.Database.BeginTransaction()) { One(); t.Commit(); } Two();", "One();|t.Commit();")]
    [InlineData("using (db.Database.BeginTransaction()) { One(); } Two();", "One();")]
    [InlineData("using var t = db.Database.BeginTransaction(); One(); Two();", "One();|Two();")]
    [InlineData("var t = db.Database.BeginTransaction(); One();", "")]
    [InlineData("Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction? t; t = db.Database.BeginTransaction(); One(); t.Commit(); Two();", "One();|t.Commit();")]
    [InlineData("db.Database.BeginTransaction(); One(); db.Database.CommitTransaction(); Two();", "One();|db.Database.CommitTransaction();")]
    [InlineData("_ = db.Database.BeginTransaction(); One(); db.Database.RollbackTransaction();", "One();|db.Database.RollbackTransaction();")]
    [InlineData("db.Database.BeginTransaction(); One();", "")]
    [InlineData("kept = db.Database.BeginTransaction(); One();", "")]
    public void Extent_EndsWhereTheTransactionIsLastMentioned(string body, string statements)
    {
        var test = Compile(body);
        var extent = TransactionExtent.Of(test.Call("db.Database.BeginTransaction()"), TransactionKind.Begun);
        Assert.Equal(statements, string.Join("|", extent.Select(statement => statement.Syntax.ToString())));
    }

    [Theory]
    [InlineData("db.SaveChanges()", "ShopContext")]
    [InlineData("db.Orders.Where(o => o.Id > 1).Count()", "ShopContext")]
    [InlineData("db.Orders.Find(1)", "ShopContext")]
    [InlineData("db.Entry(new Order()).Reload()", "ShopContext")]
    [InlineData("db.Orders.ExecuteDelete()", "ShopContext")]
    [InlineData("db.Database.OpenConnection()", "ShopContext")]
    [InlineData("db.Database.CreateExecutionStrategy().Execute(() => { })", "ShopContext")]
    [InlineData("db.Database.ExecuteSqlRaw(\"x\")", null)]
    [InlineData("db.Database.BeginTransaction()", null)]
    [InlineData("db.Orders.Add(new Order())", null)]
    [InlineData("any.SaveChanges()", null)]
    public void Strategy_RunsQueriesAndSaves(string call, string? context)
    {
        var test = Compile(call + ";");
        var commands = new StrategyCommands(test.Model, test.Model.Libraries.EntityFrameworkCore!, CancellationToken.None);
        Assert.Equal(context, commands.ContextRunning(test.Call(call))?.Name);
    }

    private static ModelTest Compile(string body) => ModelTest.Compile($$"""
        using System.Transactions;

        public class Service(ShopContext db, DbContext any, System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction raw)
        {
            private Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction? kept;
            private ShopContext Shop => db;
            private static void BeginTransaction() { }
            private static void One() { }
            private static void Two() { }
            public object?[] All => [db, any, connection, raw, kept];
            public void A() { {{body}} }
        }
        """);
}
