using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow.Requests;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5012: a request starts work that nobody waits for and that uses what ends with the request.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5012DetachedRequestWorkAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5012";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Work that outlives its request",
        messageFormat: "'{0}' starts work that goes on after the request and uses '{1}', which ends with it; await the work, or give it a scope of its own",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "When the response is sent, the request's services are disposed and its HttpContext is cleared or given to another request. Work that nobody awaits fails then, or sees another request's data, and its exception is lost. Await it, hand it to a background queue, or copy the values it needs and create a scope inside of it.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.AspNetCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var uses = new DetachedUses(model, model.Libraries.AspNetCore!);
        rule.OnOperation(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (DetachedStart.Of(call, model) is not { } start
                    || uses.Of(start, context.CancellationToken) is not { } use
                    || call.IsInExpressionTree(model.Libraries.Linq.Expression)
                    || !model.Endpoints!.RequestCode.Contains(call, context.CancellationToken))
                {
                    return;
                }

                var places = ImmutableArray.Create(use.Captured, use.Ending).Select(static place => place.Syntax.GetLocation()).Distinct();
                context.ReportDiagnostic(rule.At(PlaceOf(call.Syntax).GetLocation(), places, null, NameOf(call), use.Captured.Syntax.ToString()));
            },
            OperationKind.Invocation);
    }

    private static SyntaxNode PlaceOf(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: SimpleNameSyntax name } ? name : call.MemberName();

    private static string NameOf(IInvocationOperation call) => call.TargetMethod switch
    {
        { MethodKind: MethodKind.DelegateInvoke } => call.Instance?.Syntax.ToString() ?? "Invoke",
        { ContainingType.Name: "Task" or "TaskFactory" or "ThreadPool" or "Thread" } method => $"{method.ContainingType.Name}.{method.Name}",
        var method => method.Name,
    };
}
