using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5003: a remote call is tried three times or more with the same wait in between.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5003FixedRetryDelayAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5003";

    private static readonly string[] WaitingVerbs = ["Wait", "Await", "Poll"];

    private static readonly string[] WaitingWords = ["Ready", "Healthy", "Until"];

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Fixed delay between attempts",
        messageFormat: "'{0}' is tried again after the same wait every time; make the wait grow with the attempts and add jitter",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Callers that failed together wait the same time and come back together, again and again, and keep the other side down. "
                     + "A wait that doubles and is random up to its limit spreads them.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                if (KnownRetries.WithVisibleFailure(context.Operation, model, context.CancellationToken) is not { Unbounded: null, Wait: { Kind: RetryWaitKind.Constant } wait } retry || WaitsForState(retry, context.ContainingSymbol))
                    return;
                if (RemoteRetry.Of(retry, model, context.CancellationToken) is { Counter: not null, MayTryOften: true, WaitsTheSame: true } remote)
                    context.ReportDiagnostic(rule.At(retry.Keyword.GetLocation(), [wait.Syntax.GetLocation()], properties: null, remote.Operation));
            },
            OperationKind.Loop);

    /// <summary>The method says that it waits until something is there: it looks as often as it wants to know.</summary>
    private static bool WaitsForState(RetryLoop retry, ISymbol member)
    {
        var name = retry.Loop.Syntax.FirstAncestorOrSelf<LocalFunctionStatementSyntax>()?.Identifier.ValueText ?? member.Name;
        foreach (var word in WaitingWords)
        {
            if (name.Contains(word))
                return true;
        }

        return NameWords.StartsWithAny(name, WaitingVerbs);
    }
}
