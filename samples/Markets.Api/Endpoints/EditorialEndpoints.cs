using Markets.Api.Auth;
using Markets.Api.Entities;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class EditorialEndpoints
{
    public static void MapEditorialEndpoints(this WebApplication app)
    {
        var editorial = app.MapGroup("/api/editorial").RequireAuthorization(Policies.Administration).ExcludeFromDescription();

        editorial.MapGet("/categories/{id:int}", async Task<Results<Ok<Category>, NotFound>> (int id, IEditorialService service, CancellationToken cancellationToken) =>
            await service.CategoryAsync(id, cancellationToken) is { } category ? TypedResults.Ok(category) : TypedResults.NotFound());

        editorial.MapPost("/categories", async (Category category, IEditorialService service, CancellationToken cancellationToken) =>
        {
            await service.AddAsync(category, cancellationToken);
            return TypedResults.NoContent();
        });

        editorial.MapGet("/accounts/{id:int}", async Task<Results<Ok<User>, NotFound>> (int id, IEditorialService service, CancellationToken cancellationToken) =>
            await service.AccountAsync(id, cancellationToken) is { } account ? TypedResults.Ok(account) : TypedResults.NotFound());
    }
}
