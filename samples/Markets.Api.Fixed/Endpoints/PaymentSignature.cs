using System.Security.Cryptography;
using System.Text;

namespace Markets.Api.Endpoints;

/// <summary>Proves that a webhook comes from the payment provider: a hexadecimal HMAC of the body under the shared secret.</summary>
public sealed class PaymentSignature(IConfiguration configuration)
{
    public const string HeaderName = "X-Payment-Signature";

    public bool IsValid(byte[] body, string? signature)
    {
        var secret = configuration["Payments:WebhookSecret"];
        if (string.IsNullOrEmpty(secret) || string.IsNullOrEmpty(signature))
            return false;

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature));
    }
}
