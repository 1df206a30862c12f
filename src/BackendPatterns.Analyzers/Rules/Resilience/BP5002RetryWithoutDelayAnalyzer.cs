using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5002: a remote call that failed is tried again at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5002RetryWithoutDelayAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5002";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Retry without a delay",
        messageFormat: "'{0}' is tried again at once when it fails; wait between the attempts, longer each time",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "What made a remote call fail is rarely gone a millisecond later: the attempts are used up before the other side is back, and add to its load while it struggles. "
                     + "An exponential wait with jitter gives it time.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                if (KnownRetries.WithVisibleFailure(context.Operation, model, context.CancellationToken) is not { Unbounded: null, Wait: null } retry || EndsWithTheHost(retry, context.ContainingSymbol))
                    return;
                if (RemoteRetry.Of(retry, model, context.CancellationToken) is { MayTryOften: true, RepeatsAtOnce: true } remote)
                    context.ReportDiagnostic(rule.At(retry.Keyword.GetLocation(), [retry.Failures[0].Location], properties: null, remote.Operation));
            },
            OperationKind.Loop);

    /// <summary>A worker that only stops with the host is a loop of its own kind: whether it spins is asked by BP5010.</summary>
    private static bool EndsWithTheHost(RetryLoop retry, ISymbol member)
    {
        foreach (var failure in retry.Failures)
        {
            if (failure.Bound is { Kind: RetryBoundKind.Cancellation })
                return BackgroundWork.Is(member);
        }

        return false;
    }
}
