using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>The retries of Polly 7: <c>Policy.Handle&lt;…&gt;().WaitAndRetryAsync(…)</c>.</summary>
public static class FluentRetry
{
    private const int MostLinks = 64;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Retry", "RetryAsync", "RetryForever", "RetryForeverAsync", "WaitAndRetry", "WaitAndRetryAsync", "WaitAndRetryForever", "WaitAndRetryForeverAsync",
    };

    /// <summary>Returns the retry that a call makes, or null where it makes none.</summary>
    public static RetryPolicy? Of(IInvocationOperation call, PollyLibrary polly)
    {
        var method = call.TargetMethod;
        if (!Names.Contains(method.Name) || !method.IsExtensionMethod || call.Arguments.IsEmpty || !polly.IsPolicyBuilder(method.Parameters[0].Type))
            return null;
        var (retries, retriesPlace) = RetriesOf(call);
        var (wait, waitPlace, waits) = WaitOf(call);
        var functions = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { Ordinal: > 0, Type.TypeKind: TypeKind.Delegate } })
                functions.Add(argument.Value);
        }

        var handles = call.ArgumentAt(0);
        AddPredicates(functions, handles);
        return new RetryPolicy(call, method.Name, call.Syntax.MemberName(), retries ?? waits, retriesPlace, wait, waitPlace, functions.ToImmutable(), handles);
    }

    private static (int? Retries, SyntaxNode? Place) RetriesOf(IInvocationOperation call)
    {
        if (call.TargetMethod.Name.IndexOf("Forever", StringComparison.Ordinal) >= 0)
            return (int.MaxValue, null);
        if (call.Argument("retryCount") is { } count)
            return (count.ConstantValue is { HasValue: true, Value: int number } ? number : null, count.Syntax);
        return (call.TargetMethod.Name.StartsWith("Retry", StringComparison.Ordinal) ? 1 : null, null);
    }

    /// <summary>The wait, where it is said, and for a list of waits how many there are.</summary>
    private static (PolicyWait Wait, SyntaxNode? Place, int? Waits) WaitOf(IInvocationOperation call)
    {
        if (!call.TargetMethod.Name.StartsWith("Wait", StringComparison.Ordinal))
            return (PolicyWait.None, null, null);
        if (call.Argument("sleepDurations") is { } list)
        {
            var (wait, count) = ConstantTime.OfAll(list);
            return (wait, list.Syntax, count);
        }

        return call.Argument("sleepDurationProvider") is { } provider ? (ConstantTime.OfFunction(provider), provider.Syntax, null) : (PolicyWait.Unknown, null, null);
    }

    /// <summary>The predicates of <c>Handle&lt;T&gt;(e => …).Or&lt;T&gt;(…).OrResult(…)</c>.</summary>
    private static void AddPredicates(ImmutableArray<IOperation>.Builder functions, IOperation? builder)
    {
        for (var links = 0; links < MostLinks && builder?.Unwrap() is IInvocationOperation link; links++)
        {
            foreach (var argument in link.Arguments)
            {
                if (argument.Parameter?.Type.TypeKind is TypeKind.Delegate)
                    functions.Add(argument.Value);
            }

            builder = link.Receiver();
        }
    }
}
