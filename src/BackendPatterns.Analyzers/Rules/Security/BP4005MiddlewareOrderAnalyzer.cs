using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4005: middleware stands at a place of the pipeline where it does not do its work.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4005MiddlewareOrderAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4005";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Middleware in the wrong order",
        messageFormat: "'{0}' comes {1} '{2}', so {3}; move it {4} '{2}'",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Middleware runs in the order in which it is added. At this place it runs too late or too early: users are not signed in, CORS headers are missing, limits do not apply, or cached responses reach others.");

    protected override bool AppliesTo(BackendModel model) => model.Pipelines is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnCalls(MiddlewareCalls.Ordered, (context, call) =>
        {
            if (!AuthorizationAttributes.IsFramework(call.TargetMethod) || BP4005MisplacedMiddleware.Of(call.Syntax, model) is not { } mistake)
                return;
            var (side, target) = mistake.IsLate ? ("after", "before") : ("before", "after");
            context.ReportDiagnostic(rule.At(
                call.Syntax.MemberName().GetLocation(), [mistake.Other.Call.Syntax.MemberName().GetLocation()], null,
                call.TargetMethod.Name, side, mistake.Other.Call.TargetMethod.Name, mistake.Effect, target));
        });
}
