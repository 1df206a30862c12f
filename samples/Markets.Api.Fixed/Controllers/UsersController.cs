using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/users")]
[Authorize(Policies.Administration)]
public class UsersController : ControllerBase
{
    private readonly IUserService _users;

    public UsersController(IUserService users) => _users = users;

    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<UserDto>>> List([FromQuery] Paging paging, CancellationToken cancellationToken) =>
        Ok(await _users.ListAsync(paging, cancellationToken));

    [HttpPost("{id:int}/suspend")]
    public async Task<IActionResult> Suspend(int id, CancellationToken cancellationToken) =>
        await _users.SuspendAsync(id, cancellationToken) ? NoContent() : NotFound();
}
