using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Entities;
using Markets.Api.Repositories;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/positions")]
[Authorize]
public class PositionsController(IPositionRepository positions) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<PositionDto>>> List(CancellationToken cancellationToken)
    {
        var held = await positions.ListAsync(User.UserId(), cancellationToken);
        return Ok(held.Select(ToDto));
    }

    [HttpGet("{id:int}")]
    public async Task<ActionResult<PositionDto>> Get(int id, CancellationToken cancellationToken)
    {
        var position = await positions.FindAsync(id, User.UserId(), cancellationToken);
        return position is null ? NotFound() : ToDto(position);
    }

    private static PositionDto ToDto(Position position) => new()
    {
        Id = position.Id,
        MarketId = position.MarketId,
        OutcomeId = position.OutcomeId,
        Shares = position.Shares,
        AveragePriceCents = position.AveragePriceCents,
        RealisedProfitCents = position.RealisedProfitCents,
        OpenedAt = position.OpenedAt,
    };
}
