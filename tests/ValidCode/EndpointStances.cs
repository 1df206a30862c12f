using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace ValidCode;

/// <summary>Exceptions from a rule for many: open endpoints in closed groups, closed methods of open hubs, pages opened by address.</summary>
public static class EndpointStances
{
    public static void Add(IServiceCollection services) => services.AddRazorPages(options =>
    {
        options.Conventions.AuthorizeFolder("/").AllowAnonymousToFolder("/Help");
        options.Conventions.AuthorizeAreaFolder("Admin", "/");
        options.Conventions.AllowAnonymousToAreaPage("Admin", "/Welcome");
    });

    public static void Map(WebApplication app)
    {
        app.MapRazorPages();
        app.MapHub<TickerHub>("/ticker");
        app.MapHub<TradingHub>("/trading").RequireAuthorization();
        app.MapFallback(() => Results.NotFound());

        var invoices = app.MapGroup("/invoices").RequireAuthorization();
        invoices.MapGet("/", () => Results.Ok());
        invoices.MapGet("/formats", () => Results.Ok()).AllowAnonymous();
        invoices.MapPost("/", () => Results.Ok());
        if (app.Environment.IsDevelopment())
            invoices.AllowAnonymous();

        var reading = app.MapGroup("/catalog");
        reading.MapGet("/", () => Results.Ok());
        reading.MapGet("/{id:int}", (int id) => Results.Ok(id));
        reading.MapGet("/drafts", () => Results.Ok()).RequireAuthorization();

        Versioned(app).MapPost("/imports", () => Results.Accepted());
    }

    private static RouteGroupBuilder Versioned(WebApplication app) => app.MapGroup("/v1").RequireAuthorization();
}

[AllowAnonymous]
public class TickerHub : Hub
{
    public Task Follow(string symbol) => Groups.AddToGroupAsync(Context.ConnectionId, symbol);

    [Authorize]
    public Task Announce(string text) => Clients.All.SendAsync("announced", text);
}

public class TradingHub : Hub
{
    public Task Say(string text) => Clients.Others.SendAsync("said", text);
}

[Authorize]
public class InvoiceModel : PageModel
{
    public void OnGet()
    {
    }

    public IActionResult OnPost() => RedirectToPage();
}

[AllowAnonymous]
public class FeedbackModel : InvoiceModel
{
    public IActionResult OnPostSend() => Page();
}
