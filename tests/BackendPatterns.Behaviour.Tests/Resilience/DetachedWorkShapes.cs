namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>The shapes: first those that fail, then those that work.</summary>
internal static class DetachedWorkShapes
{
    public static IReadOnlyList<DetachedWorkShape> All { get; } =
    [
        DetachedWorkShape.Controller("task-run", true, "Db db", """public IActionResult Run() { _ = Task.Run(async () => { {W: db.Items.Add(new Item()); await db.SaveChangesAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("task-run-statement", true, "Db db", """public IActionResult Run() { Task.Run(async () => { {W: await db.Items.CountAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("start-new", true, "Db db", """public IActionResult Run() { Task.Factory.StartNew(async () => { {W: await db.Items.CountAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("thread-pool", true, "Db db", """public IActionResult Run() { ThreadPool.QueueUserWorkItem(async _ => { {W: await db.Items.CountAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("thread", true, "Db db", """
            public IActionResult Run()
            {
                new Thread(() => { Probe.Ended.Wait(); try { db.Items.Count(); Probe.Say("ok"); } catch (Exception e) { Probe.Say(e.GetType().Name); } }).Start();
                return Ok();
            }
            """),
        DetachedWorkShape.Controller("async-method", true, "Db db", """public IActionResult Run() { _ = CountAsync(); return Ok(); } private async Task CountAsync() { {W: await db.Items.CountAsync(); :W} }"""),
        DetachedWorkShape.Controller("async-method-parameter", true, "Db db", """public IActionResult Run() { _ = CountAsync(db); return Ok(); } private static async Task CountAsync(Db given) { {W: await given.Items.CountAsync(); :W} }"""),
        DetachedWorkShape.Controller("async-void", true, "Db db", """public IActionResult Run() { Count(); return Ok(); } private async void Count() { {W: await db.Items.CountAsync(); :W} }"""),
        DetachedWorkShape.Controller("async-void-delegate", true, "Db db", """public IActionResult Run() { Action count = async () => { {W: await db.Items.CountAsync(); :W} }; count(); return Ok(); }"""),
        DetachedWorkShape.Controller("for-each", true, "Db db", """public IActionResult Run() { new List<int> { 1 }.ForEach(async i => { {W: await db.Items.CountAsync(x => x.Id == i); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("local-function", true, "Db db", """public IActionResult Run() { CountAsync(); return Ok(); async Task CountAsync() { {W: await db.Items.CountAsync(); :W} } }"""),
        DetachedWorkShape.Controller("continuation", true, "Db db", """
            public IActionResult Run()
            {
                _ = Probe.Ended.ContinueWith(_ => { try { db.Items.Count(); Probe.Say("ok"); } catch (Exception e) { Probe.Say(e.GetType().Name); } }, TaskScheduler.Default);
                return Ok();
            }
            """),
        DetachedWorkShape.Controller("forget", true, "Db db", """public IActionResult Run() { CountAsync().Forget(); return Ok(); } private async Task CountAsync() { {W: await db.Items.CountAsync(); :W} }"""),
        DetachedWorkShape.Controller("local-never-read", true, "Db db", """public IActionResult Run() { var task = CountAsync(); return Ok(); } private async Task CountAsync() { {W: await db.Items.CountAsync(); :W} }"""),
        DetachedWorkShape.Controller("all-dropped", true, "Db db", """public IActionResult Run() { _ = Task.WhenAll(CountAsync(), Task.CompletedTask); return Ok(); } private async Task CountAsync() { {W: await db.Items.CountAsync(); :W} }"""),
        DetachedWorkShape.Controller("inner-method", true, "Db db", """
            public IActionResult Run() { _ = NotifyAsync(); return Ok(); }
            private async Task NotifyAsync() { try { await Probe.Ended; await SaveAsync(); Probe.Say("ok"); } catch (Exception e) { Probe.Say(e.GetType().Name); } }
            private Task SaveAsync() { db.Items.Add(new Item()); return db.SaveChangesAsync(); }
            """),
        DetachedWorkShape.Controller("save-dropped", true, "Db db", """public IActionResult Run() { Probe.HoldsSaves = true; db.Items.Add(new Item()); _ = db.SaveChangesAsync(); return Ok(); }"""),
        DetachedWorkShape.Controller("http-context", true, "", """public IActionResult Run() { _ = Task.Run(async () => { {W: _ = HttpContext.TraceIdentifier; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("request", true, "", """public IActionResult Run() { _ = Task.Run(async () => { {W: _ = Request.Path.Value; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("user", true, "", """public IActionResult Run() { _ = Task.Run(async () => { {W: _ = User.Identity; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("http-context-local", true, "", """public IActionResult Run() { var context = HttpContext; _ = Task.Run(async () => { {W: _ = context.User; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("accessor", true, "IHttpContextAccessor accessor", """public IActionResult Run() { _ = Task.Run(async () => { {W: _ = accessor.HttpContext!.TraceIdentifier; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("request-services", true, "", """
            public IActionResult Run()
            {
                var db = HttpContext.RequestServices.GetRequiredService<Db>();
                _ = Task.Run(async () => { {W: await db.Items.CountAsync(); :W} });
                return Ok();
            }
            """),
        DetachedWorkShape.Controller("service", true, "IOrders orders", """public IActionResult Run() { _ = Task.Run(async () => { {W: await orders.CountAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("service-of-service", true, "IReports reports", """public IActionResult Run() { _ = Task.Run(async () => { {W: await reports.BuildAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("service-method", true, "IOrders orders", """public IActionResult Run() { _ = orders.CountLaterAsync(); return Ok(); }"""),
        DetachedWorkShape.Controller("started-by-service", true, "IOrders orders", """public IActionResult Run() { orders.StartCount(); return Ok(); }""") with { StartsIn = "Domain" },
        DetachedWorkShape.Controller("user-manager", true, "Microsoft.AspNetCore.Identity.UserManager<Microsoft.AspNetCore.Identity.IdentityUser> users", """
            public IActionResult Run() { _ = Task.Run(async () => { {W: await users.FindByIdAsync("1"); :W} }); return Ok(); }
            """),
        DetachedWorkShape.Mapped("mapped", true, """app.MapPost("/mapped", (Db db) => { _ = Task.Run(async () => { {W: await db.Items.CountAsync(); :W} }); return Results.Ok(); });"""),
        DetachedWorkShape.Mapped("mapped-http-context", true, """app.MapPost("/mapped-http-context", (HttpContext context) => { _ = Task.Run(async () => { {W: _ = context.User; :W} }); return Results.Ok(); });"""),
        DetachedWorkShape.Mapped("mapped-group", true, """app.MapPost("/mapped-group", Calls.Run);""", """
            public static class Calls
            {
                public static IResult Run(IOrders orders) { _ = Task.Run(async () => { {W: await orders.CountAsync(); :W} }); return Results.Ok(); }
            }
            """),
        DetachedWorkShape.Mapped("middleware", true, """
            app.Use(async (context, next) =>
            {
                if (context.Request.Path == "/middleware")
                    _ = Task.Run(async () => { {W: _ = context.Request.Path; :W} });
                await next(context);
            });
            app.MapPost("/middleware", () => Results.Ok());
            """),
        DetachedWorkShape.Mapped("hub-clients", true, """app.MapHub<WorkHub>("/hub/hub-clients");""", """
            public class WorkHub(Marker marker) : Hub
            {
                public void Start() { _ = Task.Run(async () => { {W: await Clients.All.SendAsync(marker.ToString()!); :W} }); }
            }
            """),

        DetachedWorkShape.Controller("own-scope", false, "IServiceScopeFactory scopes", """
            public IActionResult Run()
            {
                _ = Task.Run(async () => { {W: using var scope = scopes.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<Db>(); await db.Items.CountAsync(); :W} });
                return Ok();
            }
            """),
        DetachedWorkShape.Controller("own-async-scope", false, "IServiceScopeFactory scopes", """
            public IActionResult Run() { _ = CountAsync(); return Ok(); }
            private async Task CountAsync() { {W: await using var scope = scopes.CreateAsyncScope(); await scope.ServiceProvider.GetRequiredService<IOrders>().CountAsync(); :W} }
            """),
        DetachedWorkShape.Controller("own-context", false, "IDbContextFactory<Db> contexts", """public IActionResult Run() { _ = Task.Run(async () => { {W: await using var db = contexts.CreateDbContext(); await db.Items.CountAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("context-made-before", false, "IDbContextFactory<Db> contexts", """public IActionResult Run() { var db = contexts.CreateDbContext(); _ = Task.Run(async () => { {W: await db.Items.CountAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("value-copied", false, "", """public IActionResult Run() { var id = HttpContext.TraceIdentifier; _ = Task.Run(async () => { {W: _ = id.Length; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("user-copied", false, "", """public IActionResult Run() { var user = User; _ = Task.Run(async () => { {W: _ = user.Identity; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("row-loaded-before", false, "Db db", """public async Task<IActionResult> Run() { var count = await db.Items.CountAsync(); _ = Task.Run(async () => { {W: _ = count + 1; :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("awaited", false, "Db db", """public async Task<IActionResult> Run() { await Task.Run(async () => { await db.Items.CountAsync(); Probe.Say("ok"); }); return Ok(); }"""),
        DetachedWorkShape.Controller("awaited-later", false, "Db db", """public async Task<IActionResult> Run() { var count = db.Items.CountAsync(); await Task.Yield(); Probe.Say(await count >= 0 ? "ok" : ""); return Ok(); }"""),
        DetachedWorkShape.Controller("all-awaited", false, "Db db", """public async Task<IActionResult> Run() { await Task.WhenAll(Task.CompletedTask, CountAsync()); return Ok(); } private async Task CountAsync() { await db.Items.CountAsync(); Probe.Say("ok"); }"""),
        DetachedWorkShape.Controller("collected", false, "Db db", """public async Task<IActionResult> Run() { var tasks = new List<Task>(); tasks.Add(CountAsync()); await Task.WhenAll(tasks); return Ok(); } private async Task CountAsync() { await db.Items.CountAsync(); Probe.Say("ok"); }"""),
        DetachedWorkShape.Controller("returned", false, "Db db", """public Task Run() { return CountAsync(); } private async Task CountAsync() { await Task.Yield(); await db.Items.CountAsync(); Probe.Say("ok"); }"""),
        DetachedWorkShape.Controller("blocked-for", false, "Db db", """public IActionResult Run() { Task.Run(async () => { await db.Items.CountAsync(); Probe.Say("ok"); }).Wait(); return Ok(); }"""),
        DetachedWorkShape.Controller("completion-source", false, "Db db", """
            public async Task<IActionResult> Run()
            {
                var done = new TaskCompletionSource();
                _ = Task.Run(async () => { await db.Items.CountAsync(); Probe.Say("ok"); done.SetResult(); });
                await done.Task;
                return Ok();
            }
            """),
        DetachedWorkShape.Controller("joined", false, "Db db", """public IActionResult Run() { var thread = new Thread(() => { db.Items.Count(); Probe.Say("ok"); }); thread.Start(); thread.Join(); return Ok(); }"""),
        DetachedWorkShape.Controller("used-before-the-wait", false, "Db db", """public IActionResult Run() { _ = CountAsync(); return Ok(); } private async Task CountAsync() { var count = db.Items.Count(); {W: _ = count + 1; :W} }"""),
        DetachedWorkShape.Controller("request-before-the-wait", false, "", """public IActionResult Run() { _ = TraceAsync(); return Ok(); } private async Task TraceAsync() { var path = Request.Path.Value; {W: _ = path!.Length; :W} }"""),
        DetachedWorkShape.Controller("never-waits", false, "Db db", """public IActionResult Run() { _ = CountAsync(); return Ok(); } private Task CountAsync() { db.Items.Count(); Probe.Say("ok"); return Task.CompletedTask; }"""),
        DetachedWorkShape.Controller("singleton", false, "INotes notes", """public IActionResult Run() { _ = Task.Run(async () => { {W: await notes.WriteAsync(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("harmless-service", false, "IPlain plain", """public IActionResult Run() { _ = Task.Run(async () => { {W: _ = plain.Next(); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("logger", false, "ILogger<WorkController> logger", """public IActionResult Run() { _ = Task.Run(async () => { {W: logger.LogInformation("done"); :W} }); return Ok(); }"""),
        DetachedWorkShape.Controller("on-completed", false, "Db db", """public IActionResult Run() { Response.OnCompleted(async () => { await db.Items.CountAsync(); Probe.Say("ok"); }); return Ok(); }"""),
        DetachedWorkShape.Mapped("mapped-own-scope", false, """
            app.MapPost("/mapped-own-scope", (IServiceScopeFactory scopes) =>
            {
                _ = Task.Run(async () => { {W: await using var scope = scopes.CreateAsyncScope(); await scope.ServiceProvider.GetRequiredService<Db>().Items.CountAsync(); :W} });
                return Results.Ok();
            });
            """),
        DetachedWorkShape.Mapped("mapped-user", false, """app.MapPost("/mapped-user", (System.Security.Claims.ClaimsPrincipal user) => { _ = Task.Run(async () => { {W: _ = user.Identity; :W} }); return Results.Ok(); });"""),
        DetachedWorkShape.Mapped("hub-awaited", false, """app.MapHub<WorkHub>("/hub/hub-awaited");""", """
            public class WorkHub(Marker marker) : Hub
            {
                public async Task Start() { await Task.Run(async () => { await Clients.All.SendAsync(marker.ToString()!); Probe.Say("ok"); }); }
            }
            """),
        DetachedWorkShape.Mapped("hub-context", false, """app.MapHub<WorkHub>("/hub/hub-context");""", """
            public class WorkHub(Marker marker, IHubContext<WorkHub> hub) : Hub
            {
                public void Start() { var name = marker.ToString()!; _ = Task.Run(async () => { {W: await hub.Clients.All.SendAsync(name); :W} }); }
            }
            """),
    ];
}
