using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/users")]
[Authorize(Policies.Administration)]
public class UsersController : ControllerBase
{
    private readonly MarketsDbContext _db;
    private readonly ILogger<UsersController> _logger;

    public UsersController(MarketsDbContext db, ILogger<UsersController> logger)
    {
        _db = db;
        _logger = logger;
    }

    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<UserDto>>> List([FromQuery] Paging paging, CancellationToken cancellationToken)
    {
        var users = await _db.Users
            .OrderBy(x => x.Id)
            .Skip(paging.Skip())
            .Take(paging.Take())
            .Select(x => new UserDto
            {
                Id = x.Id,
                Handle = x.Handle,
                Email = x.Email,
                Role = x.Role,
                IsSuspended = x.IsSuspended,
                CreatedAt = x.CreatedAt,
            })
            .ToListAsync(cancellationToken);
        return Ok(users);
    }

    [HttpPost("{id:int}/suspend")]
    public async Task<IActionResult> Suspend(int id, CancellationToken cancellationToken)
    {
        var user = await _db.Users.SingleOrDefaultAsync(x => x.Id == id, cancellationToken);
        if (user is null)
            return NotFound();

        user.IsSuspended = true;
        user.Version++;
        await _db.SaveChangesAsync(cancellationToken);
        _logger.LogInformation("User {UserId} suspended", id);
        return NoContent();
    }
}
