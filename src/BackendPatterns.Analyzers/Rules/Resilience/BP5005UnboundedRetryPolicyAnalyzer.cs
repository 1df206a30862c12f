using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Resilience;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5005: a retry policy or option sets no limit on the attempts, and nothing around it ends them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5005UnboundedRetryPolicyAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5005";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Retry policy without a bound",
        messageFormat: "'{0}' sets no limit on the attempts: a call that keeps failing is tried again and again; limit the attempts and back off between them",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "While the other side is down, every caller stays in its retry: requests pile up, nobody sees an error, and the attempts of all of them keep the other side from recovering. "
                     + "A few attempts with growing waits are enough for a passing fault; after them the failure belongs to the caller.");

    protected override bool AppliesTo(BackendModel model) =>
        model.Libraries.Polly is not null || model.Libraries.EntityFrameworkCore is not null || model.Compilation.FindType("Grpc.Net.Client.GrpcChannelOptions") is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var polly = model.Libraries.Polly;
        var executionStrategy = model.Compilation.FindType("Microsoft.EntityFrameworkCore.Storage.ExecutionStrategy");
        rule.OnOperation(
            context =>
            {
                if (PlaceIn(context.Operation, polly, executionStrategy, model, context.CancellationToken) is var (place, name))
                    context.ReportDiagnostic(rule.At(place.GetLocation(), name));
            },
            OperationKind.Invocation, OperationKind.ObjectCreation);
    }

    private static (SyntaxNode Place, string Name)? PlaceIn(IOperation operation, PollyLibrary? polly, INamedTypeSymbol? executionStrategy, BackendModel model, CancellationToken cancellation)
    {
        RetryPolicy? policy;
        IArgumentOperation? option;
        switch (operation)
        {
            case IInvocationOperation call:
                policy = polly is null ? null : FluentRetry.Of(call, polly);
                option = call.TargetMethod.Name is "EnableRetryOnFailure" or ".ctor" ? EndlessOption.OfEntityFramework(call.TargetMethod, call.Arguments, executionStrategy) : null;
                break;
            case IObjectCreationOperation creation:
                if (EndlessOption.OfGrpc(creation) is { } attempts)
                    return (attempts.Syntax, "MaxAttempts");
                policy = polly is null ? null : StrategyRetry.Of(creation, polly);
                option = executionStrategy is not null && EndlessOption.MayBeEntityFramework(creation.Syntax)
                    ? EndlessOption.OfEntityFramework(creation.Constructor, creation.Arguments, executionStrategy)
                    : null;
                break;
            default:
                return null;
        }

        if (option is not null)
            return (option.Value.Syntax, operation is IInvocationOperation { TargetMethod: { MethodKind: not MethodKind.Constructor, Name: var method } } ? method : "maxRetryCount");
        if (policy is not { IsEndless: true } || !UnboundedPolicy.Is(policy, PolicyUses.Of(policy, model, cancellation), model, cancellation))
            return null;
        return (policy.RetriesPlace ?? policy.Place, policy.Operation is IInvocationOperation ? policy.Name : "MaxRetryAttempts");
    }
}
