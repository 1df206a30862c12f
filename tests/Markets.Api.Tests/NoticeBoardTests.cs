using System.Net;
using System.Net.Http.Json;

namespace Markets.Api.Tests;

/// <summary>A transaction outside of the execution strategy: the one request that the fixed application answers otherwise.</summary>
public sealed class NoticeBoardTests
{
    private static readonly object Board = new { texts = new[] { "Closed on Sunday", "New fees from May" } };

    [Fact]
    public async Task Transaction_IsRefusedInTheOriginal()
    {
        await using var application = await Application.StartBeforeAsync();
        var answer = await application.Administrator.PutAsJsonAsync("/api/notice-board", Board);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Fact]
    public async Task Transaction_IsCommittedInTheFixedApplication()
    {
        await using var application = await Application.StartAfterAsync();
        Assert.Equal("0", await ReplaceAsync(application));
        Assert.Equal("2", await ReplaceAsync(application));
    }

    private static async Task<string> ReplaceAsync(Application application)
    {
        var answer = await application.Administrator.PutAsJsonAsync("/api/notice-board", Board);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
