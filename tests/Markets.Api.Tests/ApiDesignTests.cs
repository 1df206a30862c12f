namespace Markets.Api.Tests;

/// <summary>Where the mistake is what a client sees, the two applications answer differently.</summary>
public sealed class ApiDesignTests
{
    private static readonly Request Category = new("GET api/categories", "/api/categories", 200);

    [Theory]
    [InlineData("GET", "/api/housekeeping/reservations/release", 200, 405)]
    [InlineData("POST", "/api/housekeeping/reservations/release", 405, 200)]
    [InlineData("GET", "/api/housekeeping/categories/list", 200, 405)]
    [InlineData("GET", "/api/housekeeping/categories", 404, 200)]
    [InlineData("POST", "/api/housekeeping/users/999/reinstate", 200, 400)]
    public async Task Request_IsAnsweredWithAnotherStatus(string verb, string path, int before, int after)
    {
        await using var original = await Application.StartBeforeAsync();
        await using var corrected = await Application.StartAfterAsync();
        var request = new Request($"{verb} ", path, before);

        Assert.Equal(before, (await Answer.OfAsync(original.Administrator, request)).Status);
        Assert.Equal(after, (await Answer.OfAsync(corrected.Administrator, request)).Status);
    }

    [Fact]
    public async Task CreatedNotice_IsFoundWhereTheFixedApplicationSays()
    {
        await using var original = await Application.StartBeforeAsync();
        await using var corrected = await Application.StartAfterAsync();
        var request = new Request("POST ", "/api/housekeeping/notices", 200, new { text = "Closed on Monday." });

        var without = await Answer.OfAsync(original.Administrator, request);
        var with = await Answer.OfAsync(corrected.Administrator, request);
        Assert.Equal((200, null), (without.Status, without.Location));
        Assert.Equal((201, without.Body), (with.Status, with.Body));
        Assert.Equal(without.Body, (await Answer.OfAsync(corrected.Administrator, new Request("GET ", with.Location!, 200))).Body);
    }

    [Fact]
    public async Task RequestWithTwoIds_ChangesTheOtherCategory_AndIsRefusedByTheFixedApplication()
    {
        await using var original = await Application.StartBeforeAsync();
        await using var corrected = await Application.StartAfterAsync();
        var request = new Request("PUT ", "/api/housekeeping/categories/1", 204, new { id = 2, name = "Somebody else's" });

        Assert.Equal(204, (await Answer.OfAsync(original.Administrator, request)).Status);
        Assert.Contains("Somebody else", (await Answer.OfAsync(original.Administrator, Category)).Body, StringComparison.Ordinal);
        Assert.Equal(400, (await Answer.OfAsync(corrected.Administrator, request)).Status);
        Assert.DoesNotContain("Somebody else", (await Answer.OfAsync(corrected.Administrator, Category)).Body, StringComparison.Ordinal);
    }
}
