using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5009: one exception ends the loop of a background service.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5009BackgroundLoopUnguardedAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5009";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Background loop without a guard",
        messageFormat: "'{0}' can fail, and nothing in this loop catches it: one exception ends the loop {1}; catch and log it inside the loop",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An exception that leaves ExecuteAsync of a background service stops the host: a database that is away for a second takes the whole application down. Caught outside the loop, it ends the work of the service while the application runs on. Guard one pass of the loop, log what failed, and go on with the next.");

    protected override bool AppliesTo(BackendModel model) => model.HostedServices.HasBackgroundServices;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                var loop = (ILoopOperation)context.Operation;
                if (UnguardedLoop.Of(loop, context.ContainingSymbol, model, context.CancellationToken) is not { } unguarded || loop.Syntax.LoopKeyword() is not { } keyword)
                    return;
                context.ReportDiagnostic(rule.At(
                    keyword.GetLocation(), ImmutableArray.Create(unguarded.Failure.Place.Syntax.GetLocation()), properties: null,
                    unguarded.Failure.Name, unguarded.StopsHost ? "and stops the host" : "for good"));
            },
            OperationKind.Loop);
}
