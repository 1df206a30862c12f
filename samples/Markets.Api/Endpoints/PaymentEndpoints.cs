using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class PaymentEndpoints
{
    public static void MapPaymentEndpoints(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/payments", async (IPaymentService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListAsync(cancellationToken)))
            .RequireAuthorization(Policies.Administration)
            .WithTags("Payments");
}
