using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BackendPatterns.Analyzers.Tests.Robustness.Deep;

/// <summary>
/// Generated code that is very deep or very long: as syntax, as operations, and as what the model follows from one place to the next. The compiler itself needs more stack the deeper the
/// code is, so that on a small stack everything is a part as deep.
/// </summary>
internal sealed class DeepSources(int part)
{
    /// <summary>The name that a numbered chain ends with, as <c>q#2000</c>.</summary>
    private static readonly Regex Last = new(@"#(\d+)");

    /// <summary>The sources by name, in which the numbers are those of the first part. Each stands beside the shop.</summary>
    public ImmutableArray<(string Name, string Text)> All() =>
        [.. Whole().Select(source => (source.Name, Last.Replace(source.Text, number => (int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture) / part).ToString(CultureInfo.InvariantCulture))))];

    private IEnumerable<(string Name, string Text)> Whole() =>
    [
        .. Expressions(),
        .. Statements(),
        .. FollowedThroughLocals(),
        .. FollowedThroughMembers(),
        .. Types(),
        .. Programs(),
    ];

    private IEnumerable<(string Name, string Text)> Expressions()
    {
        yield return ("10,000 chained query operators", Method("var q = db.Orders" + Repeat(".Where(o => o.Id > 1)", 10_000) + ".ToList();"));
        yield return ("10,000 chained calls", Method("var s = new System.Text.StringBuilder()" + Repeat(".Append(db.Orders.Count())", 10_000) + ".ToString();"));
        yield return ("3,000 conditional accesses", Method("var s = new System.Text.StringBuilder()" + Repeat("?.Append(1)", 3_000) + ";"));
        yield return ("5,000 conditional expressions", Method("var r = " + Numbered("n == {0} ? db.Orders.Count() : ", 5_000) + "0;"));
        yield return ("5,000 operands of ||", Method("var r = n == 0" + Numbered(" || n == {0}", 5_000) + "; if (r) db.Orders.Find(1);"));
        yield return ("5,000 operands of ?? of queries", Method("var r = " + Repeat("db.Orders.Find(1) ?? ", 5_000) + "null;"));
        yield return ("10,000 added strings", Method("db.Database.ExecuteSqlRaw(\"a\"" + Repeat(" + n", 10_000) + ");"));
        yield return ("5,000 alternatives of a pattern", Method("if (n is 0" + Numbered(" or {0}", 5_000) + ") db.Orders.Find(1);"));
        yield return ("5,000 arms of a switch expression", Method("var r = n switch { " + Numbered("{0} => db.Orders.Count(), ", 5_000) + "_ => 0 };"));
        yield return ("2,000 nested parentheses", Method("var r = " + Repeat("(", 2_000) + "db.Orders.Count()" + Repeat(")", 2_000) + ";"));
        yield return ("2,000 nested calls", Method("var r = " + Repeat("Same(", 2_000) + "db.Orders.Count()" + Repeat(")", 2_000) + ";"));
        yield return ("2,000 casts", Method("var r = " + Repeat("(object)", 2_000) + "db.Orders.ToList();"));
        yield return ("2,000 negations", Method("var r = " + Repeat("!", 2_000) + "db.Orders.Any();"));
        yield return ("2,000 assignments", Method("int a; a = " + Repeat("a = ", 2_000) + "db.Orders.Count();"));
        yield return ("1,000 nested arrays", Method("object r = " + Repeat("new object[] { ", 1_000) + "db.Orders.ToList()" + Repeat(" }", 1_000) + ";"));
        yield return ("1,000 nested initialisers", Method("var r = " + Repeat("new Node { Next = ", 1_000) + "null" + Repeat(" }", 1_000) + ";") + " public class Node { public Node? Next { get; set; } }");
        yield return ("1,000 nested anonymous objects", Method("var r = db.Orders.Select(o => " + Repeat("new { A = ", 1_000) + "o.Id" + Repeat(" }", 1_000) + ").ToList();"));
        yield return ("1,000 nested collection expressions", Method("object[] r = " + Repeat("[", 1_000) + "db.Orders.Count()" + Repeat("]", 1_000) + ";"));
        // The compiler reads the inner ones again for each outer one: the time doubles with every level.
        yield return ("10 nested interpolated strings", Method("var r = " + Repeat("$\"{", 10) + "db.Orders.Count()" + Repeat("}\"", 10) + ";"));
        yield return ("500 awaits of awaits", Method("var r = " + Repeat("await (", 500) + "db.Orders.ToListAsync()" + Repeat(")", 500) + ";"));
        yield return ("2,000 lambdas, each in the other", Method(Numbered("Action a{0} = () => {{ ", 2_000) + "db.Orders.Find(1);" + Repeat(" };", 2_000)));
        yield return ("2,000 lambdas, each the result of the other", Method("object r = " + Repeat("() => ", 2_000) + "db.Orders.Find(1);"));
        yield return ("2,000 lambdas as arguments", Method("var r = " + Repeat("Run(() => ", 2_000) + "db.Orders.Count()" + Repeat(")", 2_000) + ";"));
        yield return ("300 nested queries", Method("var r = " + Repeat("from a in (", 300) + "db.Orders" + Repeat(") select a", 300) + "; foreach (var o in r) db.Orders.Find(o.Id);"));
    }

    private IEnumerable<(string Name, string Text)> Statements()
    {
        yield return ("5,000 branches of else if", Method("if (n == -1) { }" + Numbered(" else if (n == {0}) {{ db.Orders.Find(n); }}", 5_000)));
        yield return ("5,000 cases", Method("switch (n) { " + Numbered("case {0}: db.Orders.Find(n); break; ", 5_000) + "}"));
        yield return ("1,000 nested loops", Method(Numbered("foreach (var a{0} in db.Orders.ToList()) {{ ", 1_000) + "db.Orders.Find(1);" + Repeat("}", 1_000)));
        yield return ("1,000 nested loops with try", Method(Repeat("while (true) { try { ", 1_000) + "db.Orders.Find(1);" + Repeat("} catch { } }", 1_000)));
        yield return ("1,000 nested usings", Method(Numbered("using (var a{0} = db.Database.BeginTransaction()) {{ ", 1_000) + "db.SaveChanges();" + Repeat("}", 1_000)));
        yield return ("2,000 nested blocks", Method(Repeat("{ ", 2_000) + "db.Orders.Find(1);" + Repeat("}", 2_000)));
        yield return ("1,000 nested local functions", Method(Numbered("void F{0}() {{ ", 1_000) + "db.Orders.Find(1);" + Repeat("}", 1_000)));
        yield return ("10,000 statements", Method(Repeat("n += db.Orders.Count(); ", 10_000)));
        yield return ("2,000 loops", Method(Repeat("foreach (var id in new[] { 1, 2 }) { var o = db.Orders.Find(id); o!.Total++; db.SaveChanges(); } ", 2_000)));
        yield return ("2,000 retries", Method(Repeat("while (true) { try { db.SaveChanges(); break; } catch (DbUpdateException) { } } ", 2_000)));
        yield return ("2,000 labels and jumps", Method(Numbered("l{0}: if (n++ == 1) goto l{0}; db.Orders.Find(n); ", 2_000)));
    }

    private IEnumerable<(string Name, string Text)> FollowedThroughLocals()
    {
        yield return ("5,000 steps of one query in a local", Method("IQueryable<Order> q = db.Orders; " + Numbered("if (n == {0}) q = q.Where(o => o.Id == {0}); ", 5_000) + "foreach (var o in q) db.Orders.Find(o.Id); q.ToList();"));
        yield return ("2,000 locals, each from the one before", Method("var q0 = db.Orders.Where(o => o.Id > 0); " + Numbered("var q{1} = q{0}.Where(o => o.Id > {0}); ", 2_000) + "var r = q@LAST#2000@.ToList(); foreach (var o in r) { db.Orders.Find(o.Id); }"));
        yield return ("2,000 names of one value", Method("object a0 = n; " + Numbered("var a{1} = a{0}; ", 2_000) + "db.Database.ExecuteSqlRaw(\"x\" + a@LAST#2000@); db.Orders.Find(a@LAST#2000@);"));
        yield return ("2,000 locals that depend on each other", Method(Numbered("int b{0} = 0; ", 2_000) + Numbered("b{0} = b{1} + b{0}; ", 1_999) + "b#1999 = b0; db.Orders.Skip(b0).Take(b#1999).ToList();"));
        yield return ("2,000 parts of a text", Method("var sql = \"a\"; " + Numbered("sql += \" and {0} = \" + n; ", 2_000) + "db.Database.ExecuteSqlRaw(sql);"));
        yield return ("1,000 lists made of each other", Method("var l0 = db.Orders.ToList(); " + Numbered("var l{1} = l{0}.Where(o => o.Id > 1).Select(o => o).ToList(); ", 1_000) + "foreach (var o in l#1000) db.Orders.Find(o.Id);"));
    }

    private IEnumerable<(string Name, string Text)> FollowedThroughMembers()
    {
        yield return ("2,000 methods in a ring", "public class C { " + Numbered("public void M{0}(ShopContext db) {{ M{1}(db); db.Orders.Find({0}); }} ", 2_000) + "public void M@LAST#2000@(ShopContext db) => M0(db); }");
        yield return ("2,000 methods before a query in a loop", "public class C(ShopContext db) { " + Numbered("public Order? M{0}(int id) => M{1}(id); ", 2_000) + "public Order? M@LAST#2000@(int id) => db.Orders.Find(id); public void All(int[] ids) { foreach (var id in ids) M0(id); } }");
        yield return ("2,000 methods that hand a query on", "public class C(ShopContext db) { " + Numbered("IQueryable<Order> M{0}(IQueryable<Order> q) => M{1}(q.Where(o => o.Id > {0})); ", 2_000) + "IQueryable<Order> M@LAST#2000@(IQueryable<Order> q) => q; public List<Order> All() => M0(db.Orders).ToList(); }");
        yield return ("1,000 implementations of an interface", "public interface I { void M(int id); } " + Numbered("public class C{0}(ShopContext db, I next) : I {{ public void M(int id) {{ next.M(id); db.Orders.Find(id); }} }} ", 1_000) + "public class All(I i) { public void M() { for (var id = 0; id < 9; id++) i.M(id); } }");
        yield return ("2,000 fields, each from the one before", "public class C { static string s0 = \"a\"; " + Numbered("static readonly string s{1} = s{0} + \"b\"; ", 2_000) + "public void M(ShopContext db) => db.Database.ExecuteSqlRaw(s@LAST#2000@); }");
        yield return ("1,000 constants, each from the one before", "public class C { const string s0 = \"/a\"; " + Numbered("const string s{1} = s{0} + \"b\"; ", 1_000) + "public void M(WebApplication app) => app.MapPost(s#1000, () => 1); }");
        yield return ("2,000 properties, each from the one before", "public class C(ShopContext db) { IQueryable<Order> P0 => db.Orders; " + Numbered("IQueryable<Order> P{1} => P{0}.Where(o => o.Id > {0}); ", 2_000) + "public List<Order> M() => P@LAST#2000@.ToList(); }");
        yield return ("properties in a ring", "public class C { IQueryable<Order> A => B; IQueryable<Order> B => A; public List<Order> M() { foreach (var a in A) B.First(b => b.Id == a.Id); return A.ToList(); } }");
        yield return ("1,000 lambdas in fields", "public class C(ShopContext db) { Func<int, Order?> f0 = id => null; " + Numbered("Func<int, Order?> F{0} => id => F{1}(id); ", 1_000) + "Func<int, Order?> F#1000 => id => db.Orders.Find(id); public void M() { for (var i = 0; i < 9; i++) F0(i); } }");
    }

    private IEnumerable<(string Name, string Text)> Types()
    {
        yield return ("1,000 base types", "[Microsoft.AspNetCore.Mvc.ApiController] public class C0 : Microsoft.AspNetCore.Mvc.ControllerBase { protected ShopContext Db = null!; } "
            + Numbered("public class C{1} : C{0} {{ [Microsoft.AspNetCore.Mvc.HttpPost] public Order? Post{1}(Order order) => Db.Orders.Find(order.Id); }} ", 1_000));
        yield return ("1,000 base interfaces", "public interface I0 { Order? Get(int id); } " + Numbered("public interface I{1} : I{0} {{ }} ", 1_000) + "public class C(I#1000 orders) { public void M() { for (var id = 0; id < 9; id++) orders.Get(id); } }");
        yield return ("1,000 nested types", Numbered("public class C{0} {{ public void M(ShopContext db) => db.Orders.Find(1); ", 1_000) + Repeat("}", 1_000));
        yield return ("1,000 nested namespaces", Numbered("namespace N{0} {{ ", 1_000) + "public class C { }" + Repeat("}", 1_000));
        yield return ("2,000 types that have each other", "public class T#2000 { public Order Order { get; set; } = new(); } " + Numbered("public class T{0} {{ public T{1}? Next {{ get; set; }} }} ", 2_000)
            + "[Microsoft.AspNetCore.Mvc.ApiController] public class C : Microsoft.AspNetCore.Mvc.ControllerBase { [Microsoft.AspNetCore.Mvc.HttpGet] public T0 Get(ShopContext db) => new(); [Microsoft.AspNetCore.Mvc.HttpPost] public void Post(T0 t, ShopContext db) => db.SaveChanges(); }");
        yield return ("types that grow without end", "public class W<T> { public W<W<T>>? Next { get; set; } public T? Value { get; set; } public W<T[]>? Other { get; set; } public W<(T, T)>? Pair { get; set; } } "
            + "[Microsoft.AspNetCore.Mvc.ApiController] public class C : Microsoft.AspNetCore.Mvc.ControllerBase { [Microsoft.AspNetCore.Mvc.HttpGet] public W<Order> Get() => new(); [Microsoft.AspNetCore.Mvc.HttpPost] public void Post(W<Order> w, ShopContext db) => db.SaveChanges(); }");
        yield return ("base types that grow without end", "public class B<T> : B<B<T>> { } public class G<T> where T : G<G<T>> { public G<G<T>>? Next; } public interface I<T> : I<I<T>> { } public class C : B<Order>, I<Order> { public B<int> M(ShopContext db) { db.Set<B<int>>().Find(1); return this; } }");
        yield return ("500 nested type arguments", "public class C { public " + Repeat("List<", 500) + "Order" + Repeat(">", 500) + "? P { get; set; } public void M(ShopContext db) { foreach (var p in P!) db.Orders.Find(1); } }");
        yield return ("1,000 entities that refer to each other", Numbered("public class E{0} {{ public int Id {{ get; set; }} public E{1}? Next {{ get; set; }} public List<E{0}> All {{ get; set; }} = new(); }} ", 1_000) + "public class E#1000 { public int Id { get; set; } } "
            + "public class C(DbContextOptions o) : DbContext(o) { " + Numbered("public DbSet<E{0}> S{0} => Set<E{0}>(); ", 1_000) + "public void M() { foreach (var e in S0.Include(e => e.Next).ToList()) { S1.Find(e.Next!.Id); var n = e" + Repeat(".Next!", 900) + ".Id; } } }");
        yield return ("2,000 attributes", "public class C { " + Repeat("[System.Obsolete] ", 2_000) + "public void M(ShopContext db) => db.Orders.Find(1); }");
        yield return ("1,000 parameters", "public class C { public void M(" + Numbered("int p{0}, ", 1_000) + "ShopContext db) => db.Orders.Find(p#999); }");
    }

    private IEnumerable<(string Name, string Text)> Programs()
    {
        yield return ("1,000 groups, each in the one before", Method("var g0 = app.MapGroup(\"a\"); " + Numbered("var g{1} = g{0}.MapGroup(\"a\"); ", 1_000) + "g#1000.MapPost(\"b\", (Order order) => order); g#1000.RequireAuthorization();"));
        yield return ("5,000 chained groups", Method("app" + Repeat(".MapGroup(\"a\")", 5_000) + ".MapPost(\"b\", (Order order) => order);"));
        yield return ("5,000 chained conventions", Method("app.MapPost(\"b\", (Order order) => order)" + Repeat(".WithName(\"a\")", 5_000) + ".RequireAuthorization();"));
        yield return ("2,000 endpoints", Method(Numbered("app.MapPost(\"/{0}\", async (int id, ShopContext db) => await db.Orders.ToListAsync()); ", 2_000)));
        yield return ("5,000 middleware", Method(Repeat("app.UseAuthorization(); app.UseRouting(); app.UseAuthentication(); ", 5_000)));
        yield return ("2,000 methods that map", "public static class Maps { " + Numbered("public static void Map{0}(this IEndpointRouteBuilder app) {{ app.Map{1}(); app.MapGroup(\"a\").MapPost(\"{0}\", (Order o) => o); }} ", 2_000) + "public static void Map#2000(this IEndpointRouteBuilder app) => app.Map0(); }");
        yield return ("2,000 methods that configure", "public static class Setup { " + Numbered("public static IServiceCollection Add{0}(this IServiceCollection services) => services.Add{1}(); ", 2_000) + "public static IServiceCollection Add#2000(this IServiceCollection services) => services.AddAuthorization(o => o.AddPolicy(\"a\", p => p.RequireRole(\"b\"))).AddDbContext<ShopContext>().Add0(); }");
        yield return ("5,000 chained registrations", Method("services" + Repeat(".AddScoped<Order>()", 5_000) + ".AddDbContext<ShopContext>(o => o.UseSqlite(\"a\"));"));
    }

    private string Method(string body) =>
        "#nullable disable\npublic class C { static int Run(Func<int> f) => f(); static int Same(int n) => n; public async Task M(ShopContext db, WebApplication app, IServiceCollection services, int n) { " + body + " } }";

    private string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count / part));

    /// <summary>The text for every number from 0, as {0}, with the next one as {1}.</summary>
    private string Numbered(string format, int count) => string.Concat(Enumerable.Range(0, count / part).Select(number => string.Format(CultureInfo.InvariantCulture, format, number, number + 1)));
}
