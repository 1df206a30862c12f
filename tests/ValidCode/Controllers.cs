using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ValidCode;

/// <summary>Every action has its stance, from the class or its own, and the data is behind a service.</summary>
[ApiController]
[Authorize]
[Route("orders")]
public class OrdersController(IOrderService orders) : ControllerBase
{
    [HttpPost("{id:int}/payment")]
    public async Task<ActionResult<OrderResult>> Pay(int id, CancellationToken cancellationToken) =>
        await orders.PayAsync(id, cancellationToken) is { } result ? result : NotFound();

    [HttpDelete("{id:int}")]
    [Authorize(Roles = "Admin")]
    public IActionResult Delete(int id) => id > 0 ? NoContent() : BadRequest();

    [HttpPost("estimate")]
    [AllowAnonymous]
    public ActionResult<decimal> Estimate(List<OrderLine> lines) => lines.Sum(line => line.Price * line.Quantity);

    [NonAction]
    public void Reset()
    {
    }
}

/// <summary>The stance of a base class counts, and so does an attribute of one's own.</summary>
[AdminOnly]
public abstract class AdminController : ControllerBase
{
}

[ApiController]
[Route("admin")]
public class CacheController : AdminController
{
    [HttpPost("flush")]
    public IActionResult Flush() => NoContent();
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AdminOnlyAttribute : AuthorizeAttribute
{
    public AdminOnlyAttribute() => Roles = "Admin";
}

/// <summary>Signing in needs no sign-in.</summary>
[ApiController]
[Route("account")]
public class AccountController : ControllerBase
{
    [HttpPost("login")]
    public IActionResult Login(string name) => name.Length > 0 ? Ok() : Unauthorized();

    [HttpPost("refresh-token")]
    public IActionResult Refresh(string token) => token.Length > 0 ? Ok() : Unauthorized();
}
