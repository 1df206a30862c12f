using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.ApiDesign.BP3002ErrorWithSuccessStatusAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.ApiDesign.BP3002ErrorWithSuccessStatusFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.ApiDesign;

public class BP3002ErrorWithSuccessStatusTests
{
    private static string Controller(string members) => $$"""
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;

        public class Answer { public bool Success { get; set; } public string? Error { get; set; } public object? Data { get; set; } }
        public record Outcome(bool IsSuccess, string? Message);

        [ApiController, Route("orders")]
        public class OrdersController(ShopContext db, UserManager<IdentityUser> users) : Controller
        {
            private readonly ShopContext _db = db;
            private readonly UserManager<IdentityUser> _users = users;

            {{members}}
        }
        """;

    private static string Post(string statements) => Controller($"[HttpPost] public async Task<IActionResult> Save(int id) {{ {statements} }}");

    [Theory]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return [|Ok(new { error = ex.Message })|]; }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception) { return [|Ok(new { success = false })|]; }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return [|Json(new { message = ex.Message })|]; }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return [|Ok(ex.Message)|]; }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { var answer = new Answer { Success = false, Error = ex.Message }; return [|Ok(answer)|]; }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch { return [|new JsonResult(new { status = \"error\" })|]; }")]
    [InlineData("var result = await _users.CreateAsync(new IdentityUser()); if (!result.Succeeded) return [|Ok(result.Errors)|]; return Ok();")]
    [InlineData("var order = await _db.Orders.FindAsync(id); if (order == null) { return [|Json(new { success = false, message = \"not found\" })|]; } return Json(new { success = true });")]
    [InlineData("var order = await _db.Orders.FindAsync(id); if (order != null) return Ok(order); return [|Ok(new { errorMessage = \"not found\" })|];")]
    [InlineData("if (id < 0) return [|Ok(new Outcome(false, \"negative\"))|]; return Ok(new Outcome(true, null));")]
    public Task ErrorAnsweredWith200_IsReported(string statements) => Verify.Reported(Post(statements));

    [Fact]
    public Task ResultObject_IsReported() => Verify.Reported(Controller(
        "[HttpPost] public async Task<ActionResult<Answer>> Save(int id) { if (id < 0) return [|new Answer { Success = false }|]; await _db.SaveChangesAsync(); return new Answer { Success = true }; }"));

    [Theory]
    [InlineData("app.MapPost(\"/orders\", (int id) => { if (id < 0) return [|Results.Ok(new { error = \"negative\" })|]; return Results.Ok(new { error = \"\" }); });")]
    [InlineData("app.MapPost(\"/orders\", Save);")]
    public Task MappedHandler_IsReported(string statement) => Verify.Reported($$"""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                {{statement}}
            }

            private static IResult Save(int id)
            {
                if (id < 0)
                    return {{(statement.Contains("Save", StringComparison.Ordinal) ? "[|Results.Ok(new { error = \"negative\" })|]" : "Results.Ok()")}};
                return Results.Ok();
            }
        }
        """);

    [Theory]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return BadRequest(new { error = ex.Message }); }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return StatusCode(500, new { error = ex.Message }); }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { Response.StatusCode = 500; return Json(new { error = ex.Message }); }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception) { return Ok(new List<Order>()); }")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception) { return Ok(); }")]
    [InlineData("var order = await _db.Orders.FindAsync(id); if (order == null) return NotFound(); return Ok(order);")]
    [InlineData("var order = await _db.Orders.FindAsync(id); return Ok(new { success = order != null });")]
    [InlineData("if (id > 0) return Ok(new { success = true, error = (string?)null }); return BadRequest();")]
    [InlineData("if (id > 0) return Ok(new { errors = new List<string>() }); return BadRequest();")]
    [InlineData("if (id > 0) return Ok(new { errorCount = id }); return BadRequest();")]
    [InlineData("return Ok(new { success = false });")]
    [InlineData("if (id > 0) return Ok(new { isActive = false }); return BadRequest();")]
    [InlineData("foreach (var item in new[] { id }) { var answer = new { error = \"x\" }; _ = answer; } return Ok();")]
    public Task OtherAnswer_IsSilent(string statements) => Verify.Silent(Post(statements));

    [Theory]
    [InlineData("webhooks/stripe")]
    [InlineData("payment-callback")]
    [InlineData("rpc")]
    [InlineData("batch")]
    [InlineData("test-connection")]
    [InlineData("validate")]
    public Task AcknowledgementOrQuestion_IsSilent(string route) => Verify.Silent(Controller(
        $"[HttpPost(\"{route}\")] public IActionResult Save(int id) {{ if (id < 0) return Ok(new {{ error = \"negative\" }}); return Ok(); }}"));

    [Fact]
    public Task JsonRpc_IsSilent() => Verify.Silent(Controller(
        "[HttpPost] public IActionResult Save(int id) { if (id < 0) return Ok(new { jsonrpc = \"2.0\", error = new { code = 1 } }); return Ok(); }"));

    [Fact]
    public Task HelperOutsideEndpoints_IsSilent() => Verify.Silent("""
        public class Answer { public bool Success { get; set; } }
        public class Service
        {
            public Answer Save(int id) { if (id < 0) return new Answer { Success = false }; return new Answer { Success = true }; }
        }
        """);

    [Theory]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return [|Ok(new { success = false, error = ex.Message })|]; }", "[|Ok(new { success = false, error = ex.Message })|]", "Problem(ex.Message)")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception) { return [|Json(new { success = false })|]; }", "[|Json(new { success = false })|]", "Problem()")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return [|Ok(new { status = \"error\", data = (string?)null, message = ex.Message })|]; }", "[|Ok(new { status = \"error\", data = (string?)null, message = ex.Message })|]", "Problem(ex.Message)")]
    // What problem details would not say stays in the answer.
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception ex) { return [|Ok(new { success = false, message = \"Not saved\", error = ex.Message })|]; }", "[|Ok(new { success = false, message = \"Not saved\", error = ex.Message })|]", "StatusCode(500, new { success = false, message = \"Not saved\", error = ex.Message })")]
    [InlineData("try { await _db.SaveChangesAsync(); return Ok(); } catch (Exception) { return [|Json(new { success = false, order = id })|]; }", "[|Json(new { success = false, order = id })|]", "StatusCode(500, new { success = false, order = id })")]
    [InlineData("var result = await _users.CreateAsync(new IdentityUser()); if (!result.Succeeded) return [|Ok(result.Errors)|]; return Ok();", "[|Ok(result.Errors)|]", "BadRequest(result.Errors)")]
    [InlineData("if (id < 0) { return [|Json(new { success = false, message = \"not found\" })|]; } await Task.Yield(); return Ok();", "[|Json(", "BadRequest(", "not found\" })|]", "not found\" })")]
    public Task Status_IsFixed(string statements, string before, string after, string? alsoBefore = null, string? alsoAfter = null)
    {
        var changed = statements.Replace(before, after, StringComparison.Ordinal);
        if (alsoBefore is not null)
            changed = changed.Replace(alsoBefore, alsoAfter, StringComparison.Ordinal);
        return Verify.Fixed(Post(statements), Post(changed), configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);
    }

    [Fact]
    public Task PayloadOfMappedHandlerInCatch_IsKept() => Verify.Fixed(
        """
        public static class Api
        {
            public static void Map(WebApplication app) =>
                app.MapPost("/orders", async (int id, ShopContext db) =>
                {
                    try
                    {
                        await db.SaveChangesAsync();
                        return Results.Ok();
                    }
                    catch (Exception ex)
                    {
                        return [|Results.Ok(new { id, error = ex.Message })|];
                    }
                });
        }
        """,
        """
        public static class Api
        {
            public static void Map(WebApplication app) =>
                app.MapPost("/orders", async (int id, ShopContext db) =>
                {
                    try
                    {
                        await db.SaveChangesAsync();
                        return Results.Ok();
                    }
                    catch (Exception ex)
                    {
                        return Results.Json(new { id, error = ex.Message }, statusCode: 500);
                    }
                });
        }
        """,
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Fact]
    public Task MappedHandler_IsFixed() => Verify.Fixed(
        """
        public static class Api
        {
            public static void Map(WebApplication app) =>
                app.MapPost("/orders", (int id) => { if (id < 0) return [|Results.Ok(new { error = "negative" })|]; return Results.Ok(); });
        }
        """,
        """
        public static class Api
        {
            public static void Map(WebApplication app) =>
                app.MapPost("/orders", (int id) => { if (id < 0) return Results.BadRequest(new { error = "negative" }); return Results.Ok(); });
        }
        """,
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Theory]
    [InlineData("[HttpPost] public JsonResult Save(int id) { if (id < 0) return [|Json(new { success = false })|]; return Json(new { success = true }); }")]
    [InlineData("[HttpPost] public ActionResult<Answer> Save(int id) { if (id < 0) return [|new Answer { Success = false }|]; return new Answer(); }")]
    public Task AnswerOfOneType_IsNotFixed(string action) => Verify.NotFixed(Controller(action));
}
