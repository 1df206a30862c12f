using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5006: a retry policy around a remote call does not wait, waits the same time each time, or waits without jitter.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5006RetryPolicyWithoutBackoffAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5006";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Retry policy without backoff",
        messageFormat: "'{0}' retries a remote call {1}; let the wait grow exponentially, with jitter",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Callers that failed together come back together, at the same moments, while the other side is still recovering. Waits that grow give it time, and jitter spreads the callers.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Polly is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var polly = model.Libraries.Polly!;
        rule.OnOperation(
            context =>
            {
                var policy = context.Operation switch
                {
                    IInvocationOperation call => FluentRetry.Of(call, polly),
                    IObjectCreationOperation creation => StrategyRetry.Of(creation, polly),
                    _ => null,
                };
                // One wait, or a number of waits that is not known, is no pattern; an endless retry is BP5005's where nothing ends it.
                if (policy is not { Retries: >= 2, Wait: not PolicyWait.Unknown })
                    return;
                var uses = PolicyUses.Of(policy, model, context.CancellationToken);
                if (RemotePolicy.Is(policy, uses, model, context.CancellationToken) && !UnboundedPolicy.Is(policy, uses, model, context.CancellationToken))
                    context.ReportDiagnostic(rule.At((policy.WaitPlace ?? policy.Place).GetLocation(), policy.WaitPlace is null ? null : [policy.Place.GetLocation()], properties: null, policy.Name, Described(policy.Wait)));
            },
            OperationKind.Invocation, OperationKind.ObjectCreation);
    }

    private static string Described(PolicyWait wait) => wait switch
    {
        PolicyWait.None => "without waiting in between",
        PolicyWait.Constant => "after the same wait each time",
        _ => "without jitter",
    };
}
