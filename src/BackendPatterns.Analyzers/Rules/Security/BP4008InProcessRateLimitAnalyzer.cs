using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4008: requests are counted in the memory of one process and turned away with 429.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4008InProcessRateLimitAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4008";

    private const int TooManyRequests = 429;

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Hand-written rate limit in one process",
        messageFormat: "This rate limit counts in the memory of one process, so every instance allows its own share; use the rate limiting middleware or a shared store",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A hand-written request counter answers 429 from a dictionary or memory cache of the process: it starts again with every deployment and counts per instance.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.AspNetCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var counters = new RequestCounters(model);
        rule.OnOperation(
            context =>
            {
                if (Rejects(context.Operation) && IsConditional(context.Operation) && counters.CountBehind(context.Operation, context.CancellationToken) is { } count)
                    context.ReportDiagnostic(rule.At(context.Operation.Syntax.GetLocation(), [count.Syntax.GetLocation()], properties: null));
            },
            OperationKind.SimpleAssignment,
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
    }

    /// <summary>True where the response becomes 429: assigned, or by a result.</summary>
    private static bool Rejects(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "StatusCode" } property }, Value: var value }:
                return Is429(value) && AuthorizationAttributes.IsFramework(property) && !property.ContainingType.IsIn("System.Net.Http");
            case IInvocationOperation { TargetMethod: { Name: "StatusCode" or "Problem" or "Json" or "Text" or "Content" } method } call:
                return AuthorizationAttributes.IsFramework(method) && call.Argument("statusCode") is { } status && Is429(status);
            case IObjectCreationOperation { Type: { Name: "StatusCodeResult" } type, Arguments: [{ Value: var code }] }:
                return Is429(code) && AuthorizationAttributes.IsFramework(type);
            default:
                return false;
        }
    }

    private static bool Is429(IOperation value) => value.ConstantValue is { HasValue: true, Value: TooManyRequests } || value.Unwrap().ConstantValue is { HasValue: true, Value: TooManyRequests };

    private static bool IsConditional(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation)
                return true;
            // An early return: if (count <= limit) return await next(context);
            if (parent is IBlockOperation block && block.Operations.Any(static statement => statement is IConditionalOperation))
                return true;
        }

        return false;
    }
}
