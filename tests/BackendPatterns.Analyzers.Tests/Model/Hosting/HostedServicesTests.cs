using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Hosting;

public class HostedServicesTests
{
    private const string Services = """
        public abstract class Base : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync();
            protected abstract Task RunAsync();
        }

        public class Worker : Base
        {
            protected override Task RunAsync() => Task.CompletedTask;
            public class Part { }
        }

        public class Again : Base
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
            protected override Task RunAsync() => Task.CompletedTask;
        }

        public class Started : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) => ExecuteAsync(cancellationToken);
            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            private Task ExecuteAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }

        public class Plain { protected virtual Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask; }
        """;

    [Theory]
    [InlineData("Base", true, true)]
    [InlineData("Worker", true, true)]
    [InlineData("Started", true, false)]
    [InlineData("Plain", false, false)]
    public void Type_IsHostedAndABackgroundService(string name, bool isHosted, bool isBackgroundService)
    {
        var test = ModelTest.Compile(Services);
        var type = test.Compilation.GetTypeByMetadataName(name)!;
        Assert.Equal((isHosted, isBackgroundService), (test.Model.HostedServices.IsHosted(type), test.Model.HostedServices.IsBackgroundService(type)));
    }

    [Fact]
    public void NestedType_CountsAsHosted()
    {
        var test = ModelTest.Compile(Services);
        Assert.True(test.Model.HostedServices.IsHosted(test.Compilation.GetTypeByMetadataName("Worker+Part")!));
    }

    [Theory]
    [InlineData("Base", "ExecuteAsync", true)]
    [InlineData("Again", "ExecuteAsync", true)]
    [InlineData("Worker", "RunAsync", false)]
    [InlineData("Started", "ExecuteAsync", false)]
    [InlineData("Plain", "ExecuteAsync", false)]
    public void Method_IsTheOneThatTheHostRuns(string type, string method, bool expected)
    {
        var test = ModelTest.Compile(Services);
        var symbol = test.Compilation.GetTypeByMetadataName(type)!.GetMembers(method).OfType<IMethodSymbol>().Single();
        Assert.Equal(expected, test.Model.HostedServices.IsExecute(symbol));
    }

    [Theory]
    [InlineData("services.AddOptions();", true)]
    [InlineData("services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));", true)]
    [InlineData("services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost);", true)]
    [InlineData("services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);", false)]
    [InlineData("services.Configure<HostOptions>(options => { var behavior = configuration.GetValue<BackgroundServiceExceptionBehavior>(\"B\"); options.BackgroundServiceExceptionBehavior = behavior; });", false)]
    [InlineData("services.Configure<HostOptions>(configuration.GetSection(\"Host\"));", false)]
    [InlineData("services.AddOptions<HostOptions>().Bind(configuration.GetSection(\"Host\"));", false)]
    [InlineData("services.AddOptions<HostOptions>().Configure(options => options.ShutdownTimeout = TimeSpan.Zero);", true)]
    [InlineData("_ = new HostOptions { BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore };", false)]
    // BackgroundServiceExceptionBehavior in a comment says nothing.
    [InlineData("/* options.BackgroundServiceExceptionBehavior = Ignore */ services.AddOptions();", true)]
    public void Options_SayWhetherAFailureStopsTheHost(string statement, bool stops)
    {
        var test = ModelTest.Compile($$"""
            public static class Setup
            {
                public static void Add(IServiceCollection services, IConfiguration configuration)
                {
                    {{statement}}
                }
            }
            """);
        Assert.Equal(stops, test.Model.HostedServices.FailureStopsHost);
    }

    [Fact]
    public void ReferencedProjectThatIgnores_IsSeenThroughItsSource()
    {
        var defaults = ModelTest.Compile("""
            public static class Defaults
            {
                public static void Add(IServiceCollection services) =>
                    services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
            }
            """);
        var host = ModelTest.Compile("public class Host { }", TestReferences.All.Add(defaults.Compilation.WithAssemblyName("Defaults").ToMetadataReference()));
        Assert.False(host.Model.HostedServices.FailureStopsHost);
    }
}
