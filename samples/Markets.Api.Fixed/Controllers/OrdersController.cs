using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[ApiController]
[Route("api/orders")]
[Authorize]
public class OrdersController(IOrderService orders, IOrderExportService export) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<OrderHistoryLine>>> History(
        [FromQuery] Paging paging, CancellationToken cancellationToken) =>
        Ok(await orders.GetHistoryAsync(User.UserId(), paging, cancellationToken));

    [HttpGet("open")]
    public async Task<ActionResult<IReadOnlyList<OrderDto>>> Open(CancellationToken cancellationToken) =>
        Ok(await orders.ListOpenAsync(User.UserId(), cancellationToken));

    [HttpGet("{id:int}")]
    public async Task<ActionResult<OrderDto>> Get(int id, CancellationToken cancellationToken) =>
        await orders.FindAsync(id, User.UserId(), cancellationToken) is { } order ? order : NotFound();

    [HttpGet("book/{marketId:int}")]
    public async Task<ActionResult<IReadOnlyList<BookEntry>>> Book(int marketId, CancellationToken cancellationToken) =>
        Ok(await orders.GetBookAsync(marketId, cancellationToken));

    [HttpGet("export")]
    [Authorize(Policies.Administration)]
    public async Task<IActionResult> Export(CancellationToken cancellationToken) =>
        Content(await export.ExportAsync(cancellationToken), "text/csv");

    [HttpPost]
    public async Task<ActionResult<OrderDto>> Place(PlaceOrder request, CancellationToken cancellationToken) =>
        await orders.PlaceAsync(User.UserId(), request, cancellationToken) is { } order
            ? CreatedAtAction(nameof(Get), new { id = order.Id }, order)
            : UnprocessableEntity();

    [HttpDelete("{id:int}")]
    public async Task<IActionResult> Cancel(int id, CancellationToken cancellationToken) =>
        await orders.CancelAsync(id, User.UserId(), cancellationToken) ? NoContent() : NotFound();
}
