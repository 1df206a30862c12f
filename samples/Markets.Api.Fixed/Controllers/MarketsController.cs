using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Entities;
using Markets.Api.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/markets")]
public class MarketsController(
    IMarketCatalogService catalog,
    IMarketAdministrationService administration,
    ISettlementService settlement) : ControllerBase
{
    [HttpGet]
    [AllowAnonymous]
    public async Task<ActionResult<Page<MarketSummary>>> List(
        MarketStatus? status, [FromQuery] Paging paging, CancellationToken cancellationToken) =>
        await catalog.ListAsync(status, paging, cancellationToken);

    [HttpGet("{id:int}")]
    [AllowAnonymous]
    public async Task<ActionResult<MarketDetails>> Get(int id, CancellationToken cancellationToken) =>
        await catalog.FindAsync(id, cancellationToken) is { } market ? market : NotFound();

    [HttpGet("board")]
    [AllowAnonymous]
    public async Task<ActionResult<IReadOnlyList<MarketBoardEntry>>> Board(CancellationToken cancellationToken) =>
        Ok(await catalog.GetBoardAsync(cancellationToken));

    [HttpGet("digest")]
    [AllowAnonymous]
    public async Task<ActionResult<IReadOnlyList<MarketDigestLine>>> Digest(CancellationToken cancellationToken) =>
        Ok(await catalog.GetDigestAsync(cancellationToken));

    [HttpPost]
    [Authorize(Policies.Publishing)]
    public async Task<ActionResult<MarketSummary>> Create(CreateMarket request, CancellationToken cancellationToken)
    {
        var market = await administration.CreateAsync(request, cancellationToken);
        return CreatedAtAction(nameof(Get), new { id = market.Id }, market);
    }

    [HttpPut("{id:int}")]
    [Authorize(Policies.Publishing)]
    public async Task<IActionResult> Update(int id, UpdateMarket request, CancellationToken cancellationToken) =>
        await administration.UpdateAsync(id, request, cancellationToken) ? NoContent() : NotFound();

    [HttpPost("{id:int}/close")]
    [Authorize]
    public async Task<IActionResult> Close(int id, CancellationToken cancellationToken) =>
        await administration.CloseAsync(id, cancellationToken) ? NoContent() : NotFound();

    [HttpPost("{id:int}/resolve")]
    [Authorize(Policies.Administration)]
    public async Task<ActionResult<SettlementResult>> Resolve(int id, ResolveMarket request, CancellationToken cancellationToken) =>
        await settlement.ResolveAsync(id, request.OutcomeId, cancellationToken) is { } result ? result : Conflict();

    [HttpPost("{id:int}/cancel-orders")]
    [Authorize(Policies.Administration)]
    public async Task<ActionResult<int>> CancelOrders(int id, CancellationToken cancellationToken) =>
        await settlement.CancelOrdersAsync(id, cancellationToken);
}
