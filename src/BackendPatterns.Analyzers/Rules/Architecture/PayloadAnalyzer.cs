using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
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
        rule.OnOperation(
            context =>
            {
                if (AnsweringEndpoint.Of((IInvocationOperation)context.Operation, model) is { } endpoint && Find(rule, model, endpoint) is { } report)
                    context.ReportDiagnostic(report);
            },
            OperationKind.Invocation);
    }

    /// <summary>Returns the report on an endpoint, or null.</summary>
    protected abstract Finding? Find(RuleRegistration rule, BackendModel model, AnsweringEndpoint endpoint);

    /// <summary>Where a symbol is declared, as far as that is this project: a report cannot point elsewhere. In an order that does not depend on which file is compiled first.</summary>
    private protected static IEnumerable<Location> PlacesOf(ISymbol symbol, RuleRegistration rule) =>
        symbol.Locations.Where(location => location.SourceTree is { } tree && rule.Compilation.ContainsSyntaxTree(tree))
            .OrderBy(static location => location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static location => location.SourceSpan.Start);
}
