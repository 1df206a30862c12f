namespace ValidCode;

/// <summary>Endpoints with a stance of their own, of their group, or of the group that is handed in.</summary>
public static class MinimalApi
{
    public static void MapAll(WebApplication app)
    {
        app.MapPost("/orders/{id:int}/payment", async (int id, IOrderService orders, CancellationToken cancellationToken) =>
            await orders.PayAsync(id, cancellationToken) is { } result ? Results.Ok(result) : Results.NotFound()).RequireAuthorization();

        app.MapPost("/estimates", (List<OrderLine> lines) => lines.Sum(line => line.Price)).AllowAnonymous();

        var admin = app.MapGroup("/admin").RequireAuthorization("Admin");
        admin.MapDelete("/cache", () => Results.NoContent());
        admin.MapGroup("/jobs").MapPost("/{id:int}", (int id) => Results.Ok(id));

        app.MapPost("/login", (string name) => Results.Ok(name));
        MapReports(app.MapGroup("/reports").RequireAuthorization());
    }

    private static void MapReports(RouteGroupBuilder group) => group.MapPost("/", () => Results.Accepted());
}
