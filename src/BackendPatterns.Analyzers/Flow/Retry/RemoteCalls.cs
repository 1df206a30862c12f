using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>A call of a retry that reaches another process.</summary>
/// <param name="Call">The call in the loop.</param>
/// <param name="Name">How messages name it.</param>
/// <param name="Kind">Where it goes; null for a broker or a mail server.</param>
/// <param name="IsDirect">False where the round trip stands behind the call.</param>
internal sealed record RemoteCall(IInvocationOperation Call, string Name, RoundTripKind? Kind, bool IsDirect);

/// <summary>Which calls of a retry reach another process: a database, a service, a broker, a cache; themselves or behind their own calls.</summary>
internal static class RemoteCalls
{
    private static readonly RoundTripKind[] Kinds = [RoundTripKind.Remote, RoundTripKind.DatabaseRead, RoundTripKind.DatabaseWrite, RoundTripKind.Cache];

    private static readonly string[] BrokerSpaces = ["RabbitMQ.Client", "Confluent.Kafka", "MassTransit", "MailKit", "System.Net.Mail"];

    private static readonly string[] BrokerVerbs = ["Publish", "Send", "Produce", "BasicPublish", "Connect", "CreateConnection", "Authenticate"];

    private static readonly TreeWords InMemory = new("UseInMemoryDatabase");

    private static readonly TreeWords Databases = new("UseSqlServer", "UseNpgsql", "UseSqlite", "UseMySql", "UseMySQL", "UseOracle", "UseCosmos", "UseAzureSql");

    /// <summary>Returns the calls whose failure the loop answers with another attempt, in source order; what it does after a success is not one of them.</summary>
    public static IReadOnlyList<RemoteCall> In(RetryLoop retry, RetryScope scope, CancellationToken cancellation)
    {
        var calls = new List<RemoteCall>();
        var attempts = new AttemptClassifier(scope.Model, scope.Values);
        foreach (var operation in scope.Operations)
        {
            if (operation is not IInvocationOperation call || scope.IsInHandler(call.Syntax) || !IsTried(call.Syntax, retry) || Of(call, attempts, scope.Model, cancellation) is not { } remote)
                continue;
            if (remote.Kind is not (RoundTripKind.DatabaseRead or RoundTripKind.DatabaseWrite) || !HasNoDatabase(scope.Model))
                calls.Add(remote);
        }

        calls.Sort(static (a, b) => a.Call.Syntax.SpanStart.CompareTo(b.Call.Syntax.SpanStart));
        return calls;
    }

    private static bool IsTried(SyntaxNode call, RetryLoop retry)
    {
        foreach (var failure in retry.Failures)
        {
            if (failure.Kind is RetryFailureKind.Status ? call.SpanStart <= failure.Location.SourceSpan.End
                : retry.Loop.Syntax.FindToken(failure.Location.SourceSpan.Start).Parent?.Parent is TryStatementSyntax { Block: var attempt } && attempt.Span.Contains(call.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static RemoteCall? Of(IInvocationOperation call, AttemptClassifier attempts, BackendModel model, CancellationToken cancellation)
    {
        if (model.DataAccess.Classify(call) is { } trip)
            return new RemoteCall(call, trip.Name, trip.Kind, IsDirect: true);
        if (IsBroker(call.TargetMethod))
            return new RemoteCall(call, call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name, Kind: null, IsDirect: true);
        if (attempts.ClassifyWithAwait(call) is not { } attempt || attempt.Kind is AttemptKind.InputOutput)
            return null;
        if (attempt.Kind is AttemptKind.RoundTrip)
            return new RemoteCall(call, attempt.Name, RoundTripKind.DatabaseRead, IsDirect: true);
        foreach (var kind in Kinds)
        {
            if (model.Calls.RoundTripBehind(call, kind, cancellation) is not null)
                return new RemoteCall(call, attempt.Name, kind, IsDirect: false);
        }

        return null;
    }

    private static bool IsBroker(IMethodSymbol method)
    {
        if (!NameWords.StartsWithAny(method.Name, BrokerVerbs))
            return false;
        foreach (var space in BrokerSpaces)
        {
            if (method.ContainingNamespace.IsBelow(space))
                return true;
        }

        return false;
    }

    /// <summary>True where the application uses EF Core's in-memory provider and no other.</summary>
    private static bool HasNoDatabase(BackendModel model)
    {
        var inMemory = false;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Databases.AnyIn(tree, CancellationToken.None))
                return false;
            inMemory |= InMemory.AnyIn(tree, CancellationToken.None);
        }

        return inMemory;
    }
}
