using System.Text.Json.Nodes;

namespace Markets.Api.Tests;

/// <summary>What the caller sees of a response: status, location, media type and body, without the trace id of problem details.</summary>
public sealed record Answer(int Status, string? Location, string? MediaType, string Body)
{
    public static async Task<Answer> OfAsync(HttpClient client, Request request)
    {
        using var message = request.ToMessage();
        using var response = await client.SendAsync(message);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var body = await response.Content.ReadAsStringAsync();
        if (mediaType is "application/problem+json")
            body = WithoutTrace(body);
        return new Answer((int)response.StatusCode, response.Headers.Location?.ToString(), mediaType, body);
    }

    private static string WithoutTrace(string body)
    {
        var problem = JsonNode.Parse(body)!.AsObject();
        problem.Remove("traceId");
        return problem.ToJsonString();
    }
}
