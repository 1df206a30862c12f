using System.Text.Json;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class WebhookEndpoints
{
    public static void MapWebhookEndpoints(this WebApplication app) =>
        app.MapPost("/webhooks/payments", ReceivePaymentAsync).WithTags("Webhooks");

    private static async Task<Results<Accepted, UnauthorizedHttpResult, BadRequest>> ReceivePaymentAsync(
        HttpRequest request, PaymentSignature signature, IPaymentService payments, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        if (!signature.IsValid(body, request.Headers[PaymentSignature.HeaderName]))
            return TypedResults.Unauthorized();

        var payment = JsonSerializer.Deserialize<PaymentNotification>(body, JsonSerializerOptions.Web);
        if (payment is not { AmountCents: > 0 })
            return TypedResults.BadRequest();

        await payments.RecordAsync(payment, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }
}
