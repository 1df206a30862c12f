namespace Markets.Api.Tests;

public sealed class AuthorizationTests
{
    private static readonly Request NewCategory =
        new("POST api/categories", "/api/categories", 201, new { slug = "culture", name = "Culture" });

    public static TheoryData<string, string> UnguardedInTheOriginal => new()
    {
        { "POST", "/api/markets/1/close" },
        { "DELETE", "/api/categories/6" },
        { "POST", "/api/prices/reload" },
        { "GET", "/api/reports/shares" },
        { "GET", "/api/reports/positions" },
    };

    [Theory]
    [MemberData(nameof(UnguardedInTheOriginal))]
    public async Task AnonymousCaller_ChangesTheOriginal_AndIsTurnedAwayByTheFixedApplication(string verb, string path)
    {
        await using var before = await Application.StartBeforeAsync();
        await using var after = await Application.StartAfterAsync();
        var request = new Request($"{verb} ", path, 401);
        Assert.Equal(201, (await Answer.OfAsync(before.Administrator, NewCategory)).Status);
        Assert.Equal(201, (await Answer.OfAsync(after.Administrator, NewCategory)).Status);

        Assert.InRange((await Answer.OfAsync(before.Anonymous, request)).Status, 200, 299);
        Assert.Equal(401, (await Answer.OfAsync(after.Anonymous, request)).Status);
        Assert.InRange((await Answer.OfAsync(after.Administrator, request)).Status, 200, 299);
    }

    [Fact]
    public async Task AllOtherEndpoints_TreatAnAnonymousCallerTheSame()
    {
        await using var before = await Application.StartBeforeAsync();
        await using var after = await Application.StartAfterAsync();
        string[] unguarded = ["POST api/markets/{id:int}/close", "DELETE api/categories/{id:int}", "POST api/prices/reload", "GET api/reports/shares", "GET api/reports/positions"];

        foreach (var request in Requests.All.Where(x => !unguarded.Contains(x.Endpoint)))
            Assert.Equal(await Answer.OfAsync(before.Anonymous, request), await Answer.OfAsync(after.Anonymous, request));
    }
}
