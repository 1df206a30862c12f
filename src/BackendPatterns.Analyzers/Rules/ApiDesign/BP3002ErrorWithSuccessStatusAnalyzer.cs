using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>BP3002: an endpoint answers 200 with a payload that says that it failed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP3002ErrorWithSuccessStatusAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP3002";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Error answered with a success status",
        messageFormat: "'{0}' answers a failure with status 200 ('{1}'); answer it with a status of 4xx or 5xx",
        category: Category.ApiDesign,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Clients, retries, caches, gateways and monitoring look at the status. A failure that is answered with 200 is a success to all of them, and each client has to know the shape of its payload.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                var returned = (IReturnOperation)context.Operation;
                if (BP3002ErrorAnswer.Of(returned) is not { } answer || BP3002ErrorAnswer.HandlerOf(returned, model) is not { } handler || BP3002ErrorAnswer.IsProtocol(answer, handler, model))
                    return;
                context.ReportDiagnostic(rule.At(answer.Value.Syntax.GetLocation(), handler.Mapping is null ? handler.Method.Name : handler.EndpointIn(model.Endpoints!).Name, answer.Sign));
            },
            OperationKind.Return);
}
