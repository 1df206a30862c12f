using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/creators")]
public class CreatorsController(MarketsDbContext db) : ControllerBase
{
    [HttpGet]
    [AllowAnonymous]
    public async Task<ActionResult<IReadOnlyList<CreatorDto>>> List([FromQuery] Paging paging, CancellationToken cancellationToken)
    {
        var creators = await db.Creators
            .OrderBy(x => x.Name).ThenBy(x => x.Id)
            .Skip(paging.Skip())
            .Take(paging.Take())
            .Select(x => new CreatorDto
            {
                Id = x.Id,
                Slug = x.Slug,
                Name = x.Name,
                Bio = x.Bio,
                Website = x.Website,
                Country = x.Country,
                IsVerified = x.IsVerified,
            })
            .ToListAsync(cancellationToken);
        return Ok(creators);
    }

    [HttpGet("{id:int}")]
    [AllowAnonymous]
    public async Task<ActionResult<CreatorDto>> Get(int id, CancellationToken cancellationToken)
    {
        var creator = await db.Creators
            .Where(x => x.Id == id)
            .Select(x => new CreatorDto
            {
                Id = x.Id,
                Slug = x.Slug,
                Name = x.Name,
                Bio = x.Bio,
                Website = x.Website,
                Country = x.Country,
                IsVerified = x.IsVerified,
            })
            .SingleOrDefaultAsync(cancellationToken);
        return creator is null ? NotFound() : creator;
    }

    [HttpPut("{id:int}")]
    [Authorize(Policies.Publishing)]
    public async Task<IActionResult> Update(int id, UpdateCreator request, CancellationToken cancellationToken)
    {
        var creator = await db.Creators.SingleOrDefaultAsync(x => x.Id == id, cancellationToken);
        if (creator is null)
            return NotFound();

        creator.Name = request.Name;
        creator.Bio = request.Bio;
        creator.Website = request.Website;
        await db.SaveChangesAsync(cancellationToken);
        return NoContent();
    }
}
