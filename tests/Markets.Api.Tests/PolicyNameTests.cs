namespace Markets.Api.Tests;

/// <summary>What a misspelt policy name does: the widget is answered, and no browser may read the answer.</summary>
public sealed class PolicyNameTests
{
    [Fact]
    public async Task MisspeltCorsPolicy_LetsNoBrowserIn_AndTheFixedOneDoes()
    {
        await using var before = await Application.StartBeforeAsync();
        await using var after = await Application.StartAfterAsync();

        Assert.Null(await AllowedOriginAsync(before.Anonymous));
        Assert.Equal("*", await AllowedOriginAsync(after.Anonymous));
    }

    private static async Task<string?> AllowedOriginAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/widgets/menu");
        request.Headers.Add("Origin", "https://blog.example");
        using var response = await client.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
