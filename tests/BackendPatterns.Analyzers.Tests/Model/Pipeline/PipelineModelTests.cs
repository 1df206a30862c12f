using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Pipeline;

public class PipelineModelTests
{
    [Fact]
    public void CallsOfAChain_StandInTheirOrder() =>
        Assert.Equal("Routing Authentication Authorization Mapping Other", Steps("app.UseRouting().UseAuthentication(); app.UseAuthorization(); app.MapGet(\"/\", () => 1);"));

    [Fact]
    public void AliasesAndStaticCalls_AreFollowed() =>
        Assert.Equal("Cors Session Authorization Other", Steps("IApplicationBuilder one = app; var two = one.UseCors(); two.UseSession(); AuthorizationAppBuilderExtensions.UseAuthorization(app);"));

    [Fact]
    public void MethodsAndLocalFunctions_AreReadWhereTheyAreCalled() =>
        Assert.Equal(
            "Authorization Cors Session RateLimiter Other",
            Steps("Captured(); Given(app); app.UseOurs(); void Captured() { app.UseAuthorization(); } static void Given(IApplicationBuilder given) => given.UseCors();"));

    [Theory]
    [InlineData("app.Map(\"/a\", branch => branch.UseCors());", "Branch Other")]
    [InlineData("app.UseWhen(c => true, branch => branch.UseCors());", "Branch Other")]
    [InlineData("app.Map(\"/a\", () => 1);", "Mapping Other")]
    [InlineData("app.Use((context, next) => next());", "Own Other")]
    [InlineData("app.Run(context => Task.CompletedTask);", "Own Other")]
    [InlineData("Delegated.Complete(app);", "Unknown Other")]
    [InlineData("Console.WriteLine(app.Services); Delegated.Seed(app);", "Other Other")]
    public void EachCall_HasItsKind(string calls, string expected) => Assert.Equal(expected, Steps(calls));

    [Fact]
    public void RecursiveMethods_EndInSomethingUnknown() => Assert.Equal("Cors Cors Cors Cors Unknown Other", Steps("app.UseRecursive();").Replace("Cors Cors Cors Cors Cors", "Cors Cors Cors Cors", StringComparison.Ordinal));

    [Fact]
    public void BranchesAndUnknownBuilders_HaveNoPipeline()
    {
        var test = Compile("app.Map(\"/a\", branch => branch.UseCors());");
        Assert.Empty(test.Model.Pipelines!.With(test.Call("branch.UseCors").Syntax));
        Assert.Empty(test.Model.Pipelines.With(test.Call("unknown.UseSession").Syntax));
    }

    [Fact]
    public void MethodWithTwoCallers_BelongsToBothPipelines()
    {
        var test = ModelTest.Compile("""
            public static class Hosts
            {
                public static void One(string[] args)
                {
                    var app = WebApplication.Create(args);
                    app.UseCors();
                    app.UseOurs();
                }

                public static void Two(string[] args) => WebApplication.CreateBuilder(args).Build().UseOurs();

                private static void UseOurs(this IApplicationBuilder app) => app.UseSession();
            }
            """);
        Assert.Equal(["Cors Session", "Session"], test.Model.Pipelines!.With(test.Call("app.UseSession").Syntax).Select(Text).Order());
        Assert.Equal(2, test.Model.Pipelines.All.Length);
    }

    [Fact]
    public void Pipeline_DoesNotDependOnWhatWasAskedBefore()
    {
        // Five methods hand the builder on: from the innermost one the host is too far, from the next one it is not.
        const string source = """
            public static class Hosts
            {
                public static void Run(string[] args) => WebApplication.Create(args).UseA();

                private static void UseA(this IApplicationBuilder a) => a.UseB();

                private static void UseB(this IApplicationBuilder b) => b.UseC();

                private static void UseC(this IApplicationBuilder c) => c.UseD();

                private static void UseD(this IApplicationBuilder d) => d.UseSession();
            }
            """;
        Assert.Equal(Asked("c.UseD", "d.UseSession").Reverse(), Asked("d.UseSession", "c.UseD"));
        Assert.Equal([0, 1], Asked("d.UseSession", "c.UseD"));

        static int[] Asked(params string[] calls)
        {
            var test = ModelTest.Compile(source);
            return [.. calls.Select(call => test.Model.Pipelines!.With(test.Call(call).Syntax).Length)];
        }
    }

    [Fact]
    public void LambdaOfConfigure_IsAPipeline()
    {
        var test = ModelTest.Compile("""
            public static class Hosts
            {
                public static IHostBuilder One() => Host.CreateDefaultBuilder().ConfigureWebHostDefaults(web => web.Configure(app => app.UseRouting().UseCors()));
            }
            """);
        Assert.Equal("Routing Cors", Text(Assert.Single(test.Model.Pipelines!.All)));
    }

    [Theory]
    [InlineData("app.UseCors(); app.UseSession();", true)]
    [InlineData("app.UseCors(); if (args.Length > 0) { app.UseSession(); }", true)]
    [InlineData("if (args.Length > 0) app.UseCors(); app.UseSession();", true)]
    [InlineData("if (args.Length > 0) app.UseCors(); else app.UseSession();", false)]
    [InlineData("if (args.Length > 0) { app.UseCors(); } if (args.Length > 1) { app.UseSession(); }", false)]
    [InlineData("if (args.Length > 0) { app.UseCors(); return; } app.UseSession();", false)]
    [InlineData("_ = args.Length > 0 ? app.UseCors() : app.UseSession();", false)]
    public void Order_IsKnownWhereBothCallsRun(string calls, bool isKnown)
    {
        var steps = Compile(calls).Model.Pipelines!.All.Single(host => host.Steps.Any(step => step.Middleware is Middleware.Cors)).Steps;
        var (cors, session) = (steps.First(step => step.Middleware is Middleware.Cors), steps.First(step => step.Middleware is Middleware.Session));
        Assert.Equal(isKnown, cors.IsComparableTo(session));
        Assert.Equal(isKnown, session.IsComparableTo(cors));
    }

    [Fact]
    public void LibraryWithoutHost_HasNoPipelines() =>
        Assert.Empty(ModelTest.Compile("public static class Library { public static void Use(IApplicationBuilder app) => app.UseCors(); }").Model.Pipelines!.All);

    [Fact]
    public void VeryLongChains_AreRead()
    {
        var calls = "app" + string.Concat(Enumerable.Repeat(".UseCors()", 1500)) + ";";
        Assert.StartsWith("Cors Cors", Steps(calls), StringComparison.Ordinal);
    }

    [Fact]
    public void RateLimits_AreFoundWhereTheyAreSaid()
    {
        var test = Compile("""
            app.MapGet("/a", () => 1).RequireRateLimiting("slow");
            new ServiceCollection().AddRateLimiter(limits => limits.AddPolicy("user", context =>
                System.Threading.RateLimiting.RateLimitPartition.GetNoLimiter(context.User.Identity!.Name!)));
            """);
        var limits = test.Model.Pipelines!.RateLimits;
        Assert.True(limits is { IsRequiredByEndpoint: true, IsRegistered: true, PartitionsByUser: true, IsEnabled: true });
    }

    [Fact]
    public void UserInOnRejected_IsNoPartition() => Assert.False(Compile("""
        new ServiceCollection().AddRateLimiter(limits =>
        {
            limits.OnRejected = (context, cancellation) => { Console.WriteLine(context.HttpContext.User); return default; };
        });
        """).Model.Pipelines!.RateLimits.PartitionsByUser);

    private static string Steps(string calls) => Text(Compile(calls).Model.Pipelines!.All.Single(host => host.Steps.Count > 0));

    private static string Text(HostPipeline host) => string.Join(' ', host.Steps.Select(step => step.Middleware));

    private static ModelTest Compile(string calls) => ModelTest.Compile(
        $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        {{calls}}
        app.Run();

        public static class Delegated
        {
            public static Action<IApplicationBuilder> Complete = null!;

            public static void Seed(IHost host) => Console.WriteLine(host.Services);

            public static void UseOurs(this IApplicationBuilder app)
            {
                app.UseSession();
                app.UseInner();
            }

            public static void UseInner(this IApplicationBuilder app) => app.UseRateLimiter();

            public static void UseRecursive(this IApplicationBuilder app)
            {
                app.UseCors();
                app.UseRecursive();
            }

            public static void NotCalled(IApplicationBuilder unknown) => unknown.UseSession();
        }
        """,
        output: OutputKind.ConsoleApplication);
}
