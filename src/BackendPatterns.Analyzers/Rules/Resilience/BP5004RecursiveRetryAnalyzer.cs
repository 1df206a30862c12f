using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5004: a method calls itself again after a failure, and nothing ever ends it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5004RecursiveRetryAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5004";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Retry by recursion without a bound",
        messageFormat: "'{0}' calls itself for as long as '{1}' fails and nothing ends it; retry in a loop with limited attempts and back off between them",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "While the other side is down, every call that came in keeps calling itself: each attempt adds a stack frame or a task that waits for the next one, until the stack or the memory is used up. Try a few times in a loop, wait longer each time, and let the last failure out.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (!MayCallItself(call, context.ContainingSymbol) || model.HostedServices.IsHosted(context.ContainingSymbol))
                    return;
                if (Retries.Of(call, model, context.CancellationToken) is { Unbounded: { } failure } retry)
                    context.ReportDiagnostic(rule.At(retry.Keyword.GetLocation(), [failure.Location], null, call.TargetMethod.Name, retry.Operation));
            },
            OperationKind.Invocation);

    /// <summary>The cheap part of the question: names, before symbols are compared.</summary>
    private static bool MayCallItself(IInvocationOperation call, ISymbol containing) =>
        call.TargetMethod.MethodKind is MethodKind.LocalFunction || call.TargetMethod.Name == containing.Name;
}
