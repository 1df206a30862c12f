using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>
/// Runs the entry point of an application and takes hold of the host that it builds, through the events that hosts publish for this purpose
/// (https://learn.microsoft.com/aspnet/core/test/integration-tests: <c>WebApplicationFactory</c> listens to the same).
/// </summary>
internal sealed class HostStart(Assembly application) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<HostStart?> Current = new();

    private readonly TaskCompletionSource<IHost> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The host, once it serves requests; the exception of the entry point where it never does.</summary>
    public Task<IHost> Started => _started.Task;

    /// <summary>Runs the entry point on a thread of its own: it returns when the application stops.</summary>
    public Task Run(string[] arguments)
    {
        var main = application.EntryPoint ?? throw new InvalidOperationException("An application has an entry point.");
        return Task.Factory.StartNew(() => Run(main, arguments), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void OnNext(DiagnosticListener value)
    {
        // All listeners of the process pass by; only hosts that are built under this entry point are meant.
        if (Current.Value == this && value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
            return;
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            Configure(builder);
        else if (value is { Key: "HostBuilt", Value: IHost host })
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _started.TrySetResult(host));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => _started.TrySetException(error);

    private void Run(MethodInfo main, string[] arguments)
    {
        Current.Value = this;
        using var subscription = DiagnosticListener.AllListeners.Subscribe(this);
        try
        {
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, main.GetParameters().Length == 0 ? [] : [arguments], culture: null);
            _started.TrySetException(new InvalidOperationException("The entry point returned before its host had started."));
        }
#pragma warning disable CA1031 // Whatever ends the application is what the test that starts it has to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_started.TrySetException(exception))
                throw;
        }
    }

    private void Configure(IHostBuilder builder)
    {
        builder.ConfigureWebHost(web =>
        {
            web.UseTestServer();
            // MVC loads the assembly that the application is named after from a file; UseStartup names it after the startup class.
            if (builder is HostBuilder)
                web.UseSetting(WebHostDefaults.ApplicationKey, typeof(HostStart).Assembly.GetName().Name);
        });
        builder.ConfigureServices(services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            // Keys would be written to the profile of whoever runs the tests.
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
            // In its place the application itself is where controllers are looked for.
            var parts = services.Select(service => service.ImplementationInstance).OfType<ApplicationPartManager>().FirstOrDefault();
            if (parts is null)
                return;
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new AssemblyPart(application));
            parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(application));
        });
    }
}
