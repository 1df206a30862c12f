using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.DataAccess;

public class DataAccessModelTests
{
    [Theory]
    [InlineData("db.Orders.Find(1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.FindAsync<Order>(1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.Where(o => o.Id > 1).ToListAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.ToList()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.Any(o => o.Id == 1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Set<Order>().Include(o => o.Lines).First()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.AsEnumerable().Where(o => o.Id == 1).ToList()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.FromSqlRaw(\"select 1\").ToListAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.ExecuteDeleteAsync()", RoundTripKind.DatabaseWrite, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.SaveChangesAsync()", RoundTripKind.DatabaseWrite, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Database.ExecuteSqlAsync($\"delete\")", RoundTripKind.DatabaseWrite, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Entry(order).ReloadAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Entry(order).Collection(o => o.Lines).LoadAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Entry(order).Collection(o => o.Lines).Query().Count()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("entities.ToList()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("names.ToListAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("ById(db, 1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("users.FindByIdAsync(\"1\")", RoundTripKind.DatabaseRead, DataLibrary.Identity)]
    [InlineData("users.UpdateAsync(user)", RoundTripKind.DatabaseWrite, DataLibrary.Identity)]
    [InlineData("connection.QueryAsync<int>(\"select 1\")", RoundTripKind.DatabaseRead, DataLibrary.Dapper)]
    [InlineData("connection.ExecuteAsync(\"delete\")", RoundTripKind.DatabaseWrite, DataLibrary.Dapper)]
    [InlineData("command.ExecuteReaderAsync()", RoundTripKind.DatabaseRead, DataLibrary.AdoNet)]
    [InlineData("command.ExecuteNonQuery()", RoundTripKind.DatabaseWrite, DataLibrary.AdoNet)]
    [InlineData("documents.CountDocumentsAsync(filter)", RoundTripKind.DatabaseRead, DataLibrary.MongoDb)]
    [InlineData("documents.InsertOneAsync(order)", RoundTripKind.DatabaseWrite, DataLibrary.MongoDb)]
    [InlineData("http.GetAsync(\"x\")", RoundTripKind.Remote, DataLibrary.Http)]
    [InlineData("http.GetFromJsonAsync<Order>(\"x\")", RoundTripKind.Remote, DataLibrary.Http)]
    [InlineData("redis.StringGetAsync(\"k\")", RoundTripKind.Cache, DataLibrary.Redis)]
    [InlineData("cache.GetStringAsync(\"k\")", RoundTripKind.Cache, DataLibrary.DistributedCache)]
    [InlineData("hybrid.RemoveAsync(\"k\")", RoundTripKind.Cache, DataLibrary.HybridCache)]
    [InlineData("grpc.Say(\"x\", new CallOptions())", RoundTripKind.Remote, DataLibrary.Grpc)]
    [InlineData("contract.SaveChangesAsync()", RoundTripKind.DatabaseWrite, DataLibrary.EntityFrameworkCore)]
    [InlineData("Property(db, 1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("local(db, 1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("Queries.ByNumber(db, \"1\")", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.ContainsAsync(order)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.ElementAtAsync(1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Entry(order).Reference(o => o.Customer).LoadAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Entry(order).Navigation(\"Lines\").LoadAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Entry(order).GetDatabaseValues()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Database.SqlQuery<int>($\"select 1 as Value\").ToList()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.FromSql($\"select 1\").First()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Orders.FromSqlInterpolated($\"select 1\").CountAsync()", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("db.Database.ExecuteSqlRaw(\"delete\")", RoundTripKind.DatabaseWrite, DataLibrary.EntityFrameworkCore)]
    [InlineData("factory.CreateDbContext().Orders.Find(1)", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("connection.QueryMultipleAsync(\"select 1\")", RoundTripKind.DatabaseRead, DataLibrary.Dapper)]
    [InlineData("connection.QueryFirstOrDefault<int>(\"select 1\")", RoundTripKind.DatabaseRead, DataLibrary.Dapper)]
    [InlineData("connection.ExecuteScalar<int>(\"select 1\")", RoundTripKind.DatabaseRead, DataLibrary.Dapper)]
    [InlineData("connection.QueryAsync<int>(\"update T set A = 1 returning A\")", RoundTripKind.DatabaseWrite, DataLibrary.Dapper)]
    [InlineData("users.Users.FirstOrDefault(u => u.Id == \"1\")", RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore)]
    [InlineData("users.GetUsersInRoleAsync(\"a\")", RoundTripKind.DatabaseRead, DataLibrary.Identity)]
    public void RoundTrip_IsClassified(string call, RoundTripKind kind, DataLibrary library)
    {
        var trip = Classify(call);
        Assert.NotNull(trip);
        Assert.Equal((kind, library), (trip.Kind, trip.Library));
    }

    [Theory]
    [InlineData("db.Orders.Where(o => o.Id == 1)")]
    [InlineData("db.Orders.AsNoTracking()")]
    [InlineData("db.Orders.ToList().Where(o => o.Id == 1).ToList()")]
    [InlineData("list.First()")]
    [InlineData("list.AsQueryable().ToList()")]
    [InlineData("names.ToList()")]
    [InlineData("db.Orders.Add(order)")]
    [InlineData("documents.Find(filter)")]
    [InlineData("plain(db, 1)")]
    [InlineData("db.Orders.Local.FirstOrDefault(o => o.Id == 1)")]
    [InlineData("db.Entry(order).Collection(o => o.Lines).Query()")]
    [InlineData("EF.CompileQuery((ShopContext db) => db.Orders.Count())")]
    [InlineData("batch.StringGetAsync(\"k\")")]
    [InlineData("redis.CreateBatch()")]
    [InlineData("lookalike.FindAsync(1)")]
    [InlineData("users.GetUserId(principal)")]
    [InlineData("http.GetHashCode()")]
    public void OtherCall_IsNoRoundTrip(string call) => Assert.Null(Classify(call));

    [Theory]
    [InlineData("foreach (var o in db.Orders) { }", true)]
    [InlineData("foreach (var o in db.Orders.Where(o => o.Id > 1)) { }", true)]
    [InlineData("await foreach (var o in db.Orders.AsAsyncEnumerable()) { }", true)]
    [InlineData("foreach (var o in list) { }", false)]
    [InlineData("foreach (var o in db.Orders.ToList()) { }", false)]
    public void Enumeration_IsARoundTripOnAQueryOnly(string loop, bool expected)
    {
        var test = ModelTest.Compile(Source(loop));
        var operation = test.Operation<Microsoft.CodeAnalysis.CSharp.Syntax.StatementSyntax>(loop[..12]);
        Assert.Equal(expected, test.Model.DataAccess.Classify(operation) is not null);
    }

    [Theory]
    [InlineData("ids.Select(users.FindByIdAsync)", "UserManager.FindByIdAsync")]
    [InlineData("ids.Select(int.Parse)", null)]
    public void MethodGroup_IsClassifiedByItsMethod(string call, string? name)
    {
        var test = ModelTest.Compile(Source("var ids = new[] { \"1\" }; _ = " + call + ";"));
        var group = test.Call(call).DescendantsAndSelf().OfType<IMethodReferenceOperation>().Single();
        Assert.Equal(name, test.Model.DataAccess.Classify(group)?.Name);
    }

    private static RoundTrip? Classify(string call)
    {
        var test = ModelTest.Compile(Source("_ = " + call + ";"));
        return test.Model.DataAccess.Classify(test.Call(call));
    }

    private static string Source(string statement) => $$"""
        using Dapper;
        using Grpc.Core;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Hybrid;
        using MongoDB.Driver;
        using StackExchange.Redis;
        using System.Data.Common;
        using System.Net.Http.Json;
        using System.Security.Claims;
        using Order = Shop.Order;

        public class Lookalike
        {
            public Task<Order?> FindAsync(int id) => Task.FromResult<Order?>(null);
        }

        public interface IShopContext
        {
            DbSet<Order> Orders { get; }
            Task<int> SaveChangesAsync();
        }

        public class Greeter : ClientBase
        {
            public string Say(string text, CallOptions options) => text;
        }

        public static class Queries
        {
            public static readonly Func<ShopContext, string, Order?> ByNumber = EF.CompileQuery((ShopContext db, string number) => db.Orders.FirstOrDefault(o => o.Number == number));
        }

        public class Test(
            ShopContext db, IQueryable<Order> entities, IQueryable<string> names, UserManager<IdentityUser> users, DbConnection connection, DbCommand command,
            IMongoCollection<Order> documents, HttpClient http, IDatabase redis, IBatch batch, IDistributedCache cache, HybridCache hybrid, Greeter grpc,
            Lookalike lookalike, IShopContext contract, IDbContextFactory<ShopContext> factory)
        {
            private static readonly Func<ShopContext, int, Task<Order?>> ById =
                EF.CompileAsyncQuery((ShopContext db, int id) => db.Orders.FirstOrDefault(o => o.Id == id));

            private static Func<ShopContext, int, Task<Order?>> Property { get; } = EF.CompileAsyncQuery((ShopContext db, int id) => db.Orders.FirstOrDefault(o => o.Id == id));

            public async Task Run(Order order, List<Order> list, IdentityUser user, FilterDefinition<Order> filter, ClaimsPrincipal principal)
            {
                await Task.Yield();
                var local = EF.CompileQuery((ShopContext db, int id) => db.Orders.First(o => o.Id == id));
                Func<ShopContext, int, Order?> plain = (_, _) => null;
                {{statement}}
            }
        }
        """;
}
