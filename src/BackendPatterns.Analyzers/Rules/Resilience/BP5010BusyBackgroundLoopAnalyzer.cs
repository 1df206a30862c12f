using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5010: the loop of a background service turns at full speed while there is no work.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5010BusyBackgroundLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5010";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Background loop without a wait",
        messageFormat: "Nothing waits in this loop while there is no work, so it {0}; wait between the passes",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A loop that asks for work again as soon as there was none sends thousands of queries a second to the database, or keeps a core busy, all day. Wait for a timer between the passes, or for the queue to have an item.");

    protected override bool AppliesTo(BackendModel model) => model.HostedServices.HasBackgroundServices;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                var loop = (ILoopOperation)context.Operation;
                if (BusyLoop.Of(loop, context.ContainingSymbol, model, context.CancellationToken) is { } busy && loop.Syntax.LoopKeyword() is { } keyword)
                    context.ReportDiagnostic(rule.At(keyword.GetLocation(), busy.Place is { } place ? [place] : null, properties: null, busy.RoundTrip is { } name ? $"sends '{name}' without a pause" : "keeps a core busy"));
            },
            OperationKind.Loop);
}
