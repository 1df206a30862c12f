using System.Net;
using BackendPatterns.Analyzers.Model;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>The harness itself: an application is started by its entry point, found by the model, and answers.</summary>
public class HarnessTests
{
    private const string MinimalApi = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapPost("/orders", () => "created").RequireAuthorization();
        app.MapPost("/open", () => "created");
        app.Run();
        """;

    [Fact]
    public async Task TheMinimalApi_AnswersByWhoAsks()
    {
        var compilation = ApplicationSource.Compile(MinimalApi);
        Assert.Equal(2, BackendModel.For(compilation).Endpoints!.All.Count());
        await using var application = await RunningApplication.Start(compilation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await application.SendAnonymous("POST", "/orders")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await application.SendSignedIn("POST", "/orders")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await application.SendAnonymous("POST", "/open")).StatusCode);
    }

    [Fact]
    public async Task TheController_OfTheGenericHostIsFound()
    {
        await using var application = await RunningApplication.Start(ApplicationSource.Compile("""
            public class Program
            {
                public static void Main(string[] args) => CreateHostBuilder(args).Build().Run();

                public static IHostBuilder CreateHostBuilder(string[] args) =>
                    Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>());
            }

            public class Startup
            {
                public void ConfigureServices(IServiceCollection services) => services.AddControllers();

                public void Configure(IApplicationBuilder app) => app.UseRouting().UseEndpoints(endpoints => endpoints.MapControllers());
            }

            [ApiController, Route("orders")]
            public class OrdersController : ControllerBase
            {
                [HttpPost]
                public string Create() => "created";
            }
            """));
        Assert.Equal("created", await (await application.SendAnonymous("POST", "/orders")).Content.ReadAsStringAsync());
        Assert.False(await application.KnowsBearerTokens());
    }

    [Fact]
    public async Task AnEntryPointThatFails_FailsTheTest() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => RunningApplication.Start(ApplicationSource.Compile("throw new InvalidDataException();")));
}
