using System.Text.Json.Nodes;

namespace Markets.Api.Tests;

public sealed class SqlCommandTests(SqlCommandTests.Applications applications) : IClassFixture<SqlCommandTests.Applications>
{
    [Theory]
    [InlineData("/api/markets/board", 2)]
    [InlineData("/api/markets/digest", 2)]
    [InlineData("/api/orders/book/1", 2)]
    [InlineData("/api/portfolio/statement", 2)]
    [InlineData("/api/payments", 1)]
    public async Task TwiceTheParents_NeedMoreQueriesInTheOriginal_AndTheSameFewInTheFixedApplication(string path, int fixedCommands)
    {
        var (rows, before) = await CountAsync(applications.Before, path);
        var (moreRows, beforeDoubled) = await CountAsync(applications.BeforeDoubled, path);
        Assert.True(moreRows >= 2 * rows, $"{path}: {rows} rows, then {moreRows}");
        Assert.Equal(1 + rows, before);
        Assert.Equal(1 + moreRows, beforeDoubled);

        Assert.Equal((rows, fixedCommands), await CountAsync(applications.After, path));
        Assert.Equal((moreRows, fixedCommands), await CountAsync(applications.AfterDoubled, path));
    }

    [Theory]
    [InlineData("/api/markets", "ResolutionSource")]
    [InlineData("/api/orders", "CancelledAt")]
    [InlineData("/api/profile", "PasswordHash")]
    [InlineData("/api/insights/slugs/rate-cut", "ResolutionSource")]
    [InlineData("/api/insights/creators/1/volume", "ResolutionSource")]
    public async Task ColumnsNobodyReads_AreLoadedByTheOriginal_AndNotByTheFixedApplication(string path, string column)
    {
        Assert.Contains(column, Assert.Single(await SqlOfAsync(applications.Before, path)), StringComparison.Ordinal);
        Assert.DoesNotContain(column, Assert.Single(await SqlOfAsync(applications.After, path)), StringComparison.Ordinal);
    }

    private static async Task<(int Rows, int Commands)> CountAsync(Application application, string path)
    {
        application.Sql.Take();
        var rows = JsonNode.Parse(await application.Administrator.GetStringAsync(path))!.AsArray();
        return (rows.Count, application.Sql.Take().Count);
    }

    private static async Task<IReadOnlyList<string>> SqlOfAsync(Application application, string path)
    {
        application.Sql.Take();
        await application.Administrator.GetStringAsync(path);
        return application.Sql.Take();
    }

    public sealed class Applications : IAsyncLifetime
    {
        public Application Before { get; private set; } = null!;

        public Application BeforeDoubled { get; private set; } = null!;

        public Application After { get; private set; } = null!;

        public Application AfterDoubled { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Before = await Application.StartBeforeAsync();
            BeforeDoubled = await Application.StartBeforeAsync(size: 2);
            After = await Application.StartAfterAsync();
            AfterDoubled = await Application.StartAfterAsync(size: 2);
        }

        public async Task DisposeAsync()
        {
            foreach (var application in new[] { Before, BeforeDoubled, After, AfterDoubled })
                await application.DisposeAsync();
        }
    }
}
