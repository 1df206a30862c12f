using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/positions")]
[Authorize]
public class PositionsController(IPositionService positions) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<PositionDto>>> List(CancellationToken cancellationToken) =>
        Ok(await positions.ListAsync(User.UserId(), cancellationToken));

    [HttpGet("{id:int}")]
    public async Task<ActionResult<PositionDto>> Get(int id, CancellationToken cancellationToken) =>
        await positions.FindAsync(id, User.UserId(), cancellationToken) is { } position ? position : NotFound();
}
