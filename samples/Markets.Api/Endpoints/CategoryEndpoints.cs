using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class CategoryEndpoints
{
    public static void MapCategoryEndpoints(this WebApplication app)
    {
        var categories = app.MapGroup("/api/categories").WithTags("Categories");

        categories.MapGet("/", async (ICategoryService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ListAsync(cancellationToken)));

        categories.MapPost("/", async Task<Results<Created<CategoryDto>, Conflict>> (
                CreateCategory request, ICategoryService service, CancellationToken cancellationToken) =>
                await service.CreateAsync(request, cancellationToken) is { } category
                    ? TypedResults.Created($"/api/categories/{category.Id}", category)
                    : TypedResults.Conflict())
            .RequireAuthorization(Policies.Administration);

        categories.MapDelete("/{id:int}", async Task<Results<NoContent, NotFound>> (
                int id, ICategoryService service, CancellationToken cancellationToken) =>
                await service.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound());
    }
}
