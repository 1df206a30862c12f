using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Registrations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4004: a policy or an authentication scheme is referred to by a name that nothing registers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4004UnknownPolicyAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4004";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Name of a policy that nothing registers",
        messageFormat: "No {0} is registered as '{1}'; correct the name or register it",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An authorization, rate limiter, CORS or output cache policy or an authentication scheme is referred to by a name that the application does not register: the request fails, or what the policy should do is left out.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.AspNetCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var uses = new NameUses(model.Libraries.AspNetCore!);
        rule.OnOperation(
            context =>
            {
                foreach (var use in uses.In(context.Operation))
                {
                    if (model.Registrations.Of(use.Kind).Lack(use.Name) && !(use is { Kind: NameKind.AuthorizationPolicy, IsRoleConstant: true }))
                        context.ReportDiagnostic(rule.At(use.Place.GetLocation(), use.Kind.Noun(), use.Name));
                }
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation,
            OperationKind.AnonymousFunction,
            OperationKind.LocalFunction);
    }
}
