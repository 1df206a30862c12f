using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Framework;

/// <summary>A rule with nothing but the framework: reports calls of <c>Collect</c>, methods called so, and the blocks of types called so.</summary>
public sealed class FlagsCollect() : RuleAnalyzer(Descriptor)
{
    public const string Id = "TEST2";

    private static readonly DiagnosticDescriptor Descriptor = BackendPatterns.Analyzers.Framework.Rule.Create(
        id: Id, title: "Collect", messageFormat: "'{0}' collects", category: Category.DataAccess, defaultSeverity: DiagnosticSeverity.Warning, description: "A test.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        rule.OnOperation(
            context =>
            {
                if (context.Operation is IInvocationOperation { TargetMethod.Name: "Collect" } call)
                    context.ReportDiagnostic(rule.At(call.Syntax.GetLocation(), "call"));
            },
            OperationKind.Invocation);
        rule.OnSymbol(
            context =>
            {
                if (context.Symbol.Name == "Collect")
                    context.ReportDiagnostic(rule.At(context.Symbol.Locations[0], "method"));
            },
            SymbolKind.Method);
        rule.OnOperationBlock(context =>
        {
            if (context.OwningSymbol.ContainingType.Name == "Collect")
                context.ReportDiagnostic(rule.At(context.OwningSymbol.Locations[0], "block"));
        });
    }
}
