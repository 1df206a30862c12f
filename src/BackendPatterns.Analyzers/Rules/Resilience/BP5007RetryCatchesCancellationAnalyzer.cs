using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5007: a retry goes on after its operation was cancelled.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5007RetryCatchesCancellationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5007";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Retry catches cancellation",
        messageFormat: "This catch also takes the cancellation of '{0}' by '{1}' for a failure and tries again; leave 'OperationCanceledException' out of it",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Whoever cancels has left: a client that closed the connection, a host that stops. A retry that takes the cancellation for a failure goes through all its attempts and waits for nobody, and may hide the cancellation from its caller.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                if (KnownRetries.WithVisibleFailure(context.Operation, model, context.CancellationToken) is not { } retry)
                    return;
                // A retry without a bound is BP5001's, and its fix lets the cancellation out; workers of a host are not.
                var isWorker = BackgroundWork.Is(context.ContainingSymbol);
                foreach (var swallowed in SwallowedCancellation.In(retry, model, failure => failure.Bound is not null || isWorker))
                    context.ReportDiagnostic(rule.At(swallowed.Clause.CatchKeyword.GetLocation(), [swallowed.Place], properties: null, swallowed.Operation, swallowed.Token));
            },
            OperationKind.Loop);
}
