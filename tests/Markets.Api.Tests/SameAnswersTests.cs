using Microsoft.AspNetCore.Routing;

namespace Markets.Api.Tests;

public sealed class SameAnswersTests
{
    [Fact]
    public async Task EveryRequest_IsAnsweredTheSame_WithAndWithoutTheFixes()
    {
        await using var before = await Application.StartBeforeAsync();
        await using var after = await Application.StartAfterAsync();

        foreach (var request in Requests.All)
        {
            var expected = await Answer.OfAsync(before.Administrator, request);
            var actual = await Answer.OfAsync(after.Administrator, request);

            Assert.True(request.Status == expected.Status, $"{request} was answered {expected}");
            Assert.True(expected == actual, $"{request} differs:\n{expected}\n{actual}");
        }
    }

    [Fact]
    public async Task EveryEndpoint_HasARequest()
    {
        await using var before = await Application.StartBeforeAsync();
        await using var after = await Application.StartAfterAsync();

        var requested = Requests.All.Select(x => x.Endpoint).Distinct().ToList();
        Assert.Equal(before.Endpoints.SelectMany(Keys).Order(), requested.Concat(Requests.Moved.Keys).Order());
        Assert.Equal(after.Endpoints.SelectMany(Keys).Order(), requested.Concat(Requests.Moved.Values).Order());
    }

    private static IEnumerable<string> Keys(RouteEndpoint endpoint)
    {
        var verbs = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return verbs.Select(verb => $"{verb} {endpoint.RoutePattern.RawText?.Trim('/')}");
    }
}
