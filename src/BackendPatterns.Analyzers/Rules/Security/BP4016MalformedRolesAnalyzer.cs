using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Registrations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4016: a list of roles has an empty entry, or a role stands where the name of a policy is expected.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4016MalformedRolesAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4016";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Malformed roles",
        messageFormat: "'{0}' is {1}",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A list of roles has an empty entry where a role is missing or a comma is left over, or a role is given where the name of a policy is expected, which fails every request.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.AspNetCore?.AuthorizeAttribute is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var uses = new NameUses(model.Libraries.AspNetCore!);
        rule.OnOperation(context => Analyze(context, rule, uses, model), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.AnonymousFunction, OperationKind.LocalFunction);
    }

    private static void Analyze(OperationAnalysisContext context, RuleRegistration rule, NameUses uses, BackendModel model)
    {
        switch (context.Operation)
        {
            case IObjectCreationOperation creation:
                AnalyzeRoles(creation, context, rule, uses, model);
                break;
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                foreach (var attribute in NameUses.AttributesOn(context.Operation))
                    AnalyzeRoles(attribute, context, rule, uses, model);
                break;
        }

        foreach (var use in uses.In(context.Operation))
        {
            if (use is { Kind: NameKind.AuthorizationPolicy, IsRoleConstant: true } && model.Registrations.Of(use.Kind).Lack(use.Name))
                context.ReportDiagnostic(rule.At(use.Place.GetLocation(), use.Name, "a role, not a registered policy; require it as a role"));
        }
    }

    private static void AnalyzeRoles(IObjectCreationOperation creation, OperationAnalysisContext context, RuleRegistration rule, NameUses uses, BackendModel model)
    {
        if (uses.RolesIn(creation) is not { ConstantValue.Value: string roles } value || !roles.Split(',').Any(string.IsNullOrWhiteSpace))
            return;
        // Whoever answers for policies may read roles in another way as well.
        if (!model.Registrations.ReplaceProvider(NameKind.AuthorizationPolicy))
            context.ReportDiagnostic(rule.At(value.Syntax.GetLocation(), roles, "a list of roles with an empty entry; remove the comma or name the role"));
    }
}
