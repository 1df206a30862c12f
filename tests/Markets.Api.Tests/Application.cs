extern alias after;
extern alias before;

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using AfterContext = after::Markets.Api.Data.MarketsDbContext;
using BeforeContext = before::Markets.Api.Data.MarketsDbContext;

namespace Markets.Api.Tests;

/// <summary>One of the two sample applications, running on its own fresh database.</summary>
public sealed class Application : IAsyncDisposable
{
    public const string WebhookSecret = "webhook-secret-of-the-tests";

    private readonly IAsyncDisposable _host;

    private Application(IAsyncDisposable host, IServiceProvider services, HttpClient anonymous, HttpClient administrator, SqlLog sql)
    {
        _host = host;
        Endpoints = [.. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        Anonymous = anonymous;
        Administrator = administrator;
        Sql = sql;
    }

    public IReadOnlyList<RouteEndpoint> Endpoints { get; }

    public HttpClient Anonymous { get; }

    public HttpClient Administrator { get; }

    public SqlLog Sql { get; }

    public static Task<Application> StartBeforeAsync(int size = 1) => StartContextAsync<BeforeContext>(size);

    public static Task<Application> StartAfterAsync(int size = 1) => StartContextAsync<AfterContext>(size);

    /// <summary>Starts an application whose context type is known at run time only.</summary>
    public static Task<Application> StartAsync(Type context, int size = 1) =>
        (Task<Application>)typeof(Application).GetMethod(nameof(StartContextAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(context).Invoke(null, [size])!;

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static async Task<Application> StartContextAsync<TContext>(int size)
        where TContext : DbContext
    {
        var sql = new SqlLog();
        var root = new WebApplicationFactory<TContext>();
        var host = root.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Seed:Size", $"{size}");
            builder.UseSetting("Jwt:SigningKey", Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(x => (byte)x)]));
            builder.UseSetting("Payments:WebhookSecret", WebhookSecret);
            builder.UseSetting("PriceFeed:RefreshInterval", "1.00:00:00");
            builder.UseSetting("Logging:LogLevel:Default", "None");
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(FrozenClock.Instance);
                services.ConfigureDbContext<TContext>(options => options.AddInterceptors(sql));
            });
        });
        var anonymous = host.CreateClient();
        var administrator = host.CreateClient();
        administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignInAsync(anonymous));
        sql.Take();
        return new Application(root, host.Services, anonymous, administrator, sql);
    }

    private static async Task<string> SignInAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/auth/token", new { email = "ada@markets.example", password = "markets-demo" });
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
        return answer!["accessToken"]!.GetValue<string>();
    }
}
