using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/creators")]
public class CreatorsController(ICreatorService creators) : ControllerBase
{
    [HttpGet]
    [AllowAnonymous]
    public async Task<ActionResult<IReadOnlyList<CreatorDto>>> List([FromQuery] Paging paging, CancellationToken cancellationToken) =>
        Ok(await creators.ListAsync(paging, cancellationToken));

    [HttpGet("{id:int}")]
    [AllowAnonymous]
    public async Task<ActionResult<CreatorDto>> Get(int id, CancellationToken cancellationToken) =>
        await creators.FindAsync(id, cancellationToken) is { } creator ? creator : NotFound();

    [HttpPut("{id:int}")]
    [Authorize(Policies.Publishing)]
    public async Task<IActionResult> Update(int id, UpdateCreator request, CancellationToken cancellationToken) =>
        await creators.UpdateAsync(id, request, cancellationToken) ? NoContent() : NotFound();
}
