using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Markets.Api.Tests;

/// <summary>A request to one endpoint, named by verb and route pattern, and the status that must answer it.</summary>
public sealed record Request(string Endpoint, string Path, int Status, object? Body = null, bool IsSigned = false)
{
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Endpoint.Split(' ')[0]), Path);
        if (Body is null)
            return message;

        var json = JsonSerializer.SerializeToUtf8Bytes(Body);
        message.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (IsSigned)
            message.Headers.Add("X-Payment-Signature", SignatureOf(json));
        return message;
    }

    private static string SignatureOf(byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Application.WebhookSecret), body));

    public override string ToString() => $"{Endpoint.Split(' ')[0]} {Path}";
}
