using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Executes retries until they end, or until they have tried more often than a bounded one would.</summary>
internal static class RetryExecution
{
    /// <summary>Runs <c>Scenario.Run</c> of a compiled scenario with its fakes set to these conditions.</summary>
    /// <param name="compilation">The scenario and its fakes.</param>
    /// <param name="conditions">What its operation does.</param>
    public static async Task<RetryRun> Of(Compilation compilation, RetryConditions conditions)
    {
        using var image = ScenarioCode.ImageOf(compilation);
        var assembly = new AssemblyLoadContext("Retry").LoadFromStream(image);
        var fakes = assembly.GetType("Fakes", throwOnError: true)!;
        fakes.GetField("FailuresBeforeSuccess")!.SetValue(null, conditions.FailuresBeforeSuccess);
        fakes.GetField("CancelAt")!.SetValue(null, conditions.CancelAt);
        var scenario = assembly.GetType("Scenario", throwOnError: true)!;
        var target = scenario.GetMethod("Start")!.Invoke(null, null);
        var method = scenario.GetMethod("Run") ?? throw new InvalidOperationException("A scenario has a method Run.");
        var token = ((CancellationTokenSource)fakes.GetField("Cancellation")!.GetValue(null)!).Token;
        object?[] arguments = method.GetParameters().Length == 0 ? [] : [token];
        var outcome = new TaskCompletionSource<(object? Result, Exception? Failure)>();
        // A synchronous loop is stopped by blocking its thread for good; as a background thread it does not keep the process.
        new Thread(() => outcome.SetResult(Outcome(method, target, arguments))) { IsBackground = true }.Start();
        var exceeded = ((TaskCompletionSource)fakes.GetField("Exceeded")!.GetValue(null)!).Task;
        var ended = await Task.WhenAny(outcome.Task, exceeded).WaitAsync(TimeSpan.FromSeconds(60)) == outcome.Task;
        var (result, failure) = ended ? await outcome.Task : default;
        return new RetryRun((int)fakes.GetField("Calls")!.GetValue(null)!, ended, [.. (IEnumerable<double>)fakes.GetField("Waits")!.GetValue(null)!], result, failure);
    }

    private static (object?, Exception?) Outcome(MethodInfo method, object? target, object?[] arguments)
    {
        try
        {
            var result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
            if (result is not Task task)
                return (result, null);
            task.GetAwaiter().GetResult();
            return (task.GetType().GetProperty("Result")?.GetValue(task), null);
        }
#pragma warning disable CA1031 // How a retry ends is what the tests ask.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (null, exception);
        }
    }
}
