using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>Base of the rules on what endpoints answer with: one report per action or <c>Map…</c> call.</summary>
public abstract class PayloadAnalyzer(DiagnosticDescriptor descriptor) : RuleAnalyzer(descriptor)
{
    protected sealed override void Register(RuleRegistration rule, BackendModel model)
    {
        rule.OnOperationBlock(context =>
        {
            if (context.OwningSymbol is IMethodSymbol method && AnsweringEndpoint.Of(method, () => context.Body(), model) is { } endpoint && Find(rule, model, endpoint) is { } report)
                context.ReportDiagnostic(report);
        });
        rule.OnCalls(MappedEndpoints.Names, (context, call) =>
        {
            if (AnsweringEndpoint.Of(call, model) is { } endpoint && Find(rule, model, endpoint) is { } report)
                context.ReportDiagnostic(report);
        });
    }

    /// <summary>Returns the report on an endpoint, or null.</summary>
    protected abstract Finding? Find(RuleRegistration rule, BackendModel model, AnsweringEndpoint endpoint);
}
