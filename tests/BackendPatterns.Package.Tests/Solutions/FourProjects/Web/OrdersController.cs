using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Shop.Application;
using Shop.Domain;

namespace Shop.Web;

[ApiController]
[Authorize]
[Route("orders")]
public class OrdersController(OrderService orders, IOrderService contract) : ControllerBase
{
    [HttpGet("summaries")]
    public async Task<List<OrderSummary?>> Summaries([FromQuery] List<int> ids)
    {
        var summaries = new List<OrderSummary?>();
        foreach (var id in ids)
            summaries.Add(await orders.SummaryAsync(id)); // BP1001
        return summaries;
    }

    [HttpGet("contract-summaries")]
    public async Task<List<OrderSummary?>> ContractSummaries([FromQuery] List<int> ids)
    {
        var summaries = new List<OrderSummary?>();
        foreach (var id in ids)
            summaries.Add(await contract.SummaryAsync(id)); // BP1001
        return summaries;
    }

    [HttpGet("names")]
    public async Task<List<string>> Names([FromQuery] List<int> productIds)
    {
        var names = new List<string>();
        foreach (var id in productIds)
            names.Add(await orders.ProductNameAsync(id));
        return names;
    }

    [HttpGet("known")]
    public async Task<List<Order?>> Known([FromQuery] List<int> ids)
    {
        var known = new List<Order?>();
        foreach (var id in ids)
            known.Add(await orders.KnownAsync(id));
        return known;
    }
}
