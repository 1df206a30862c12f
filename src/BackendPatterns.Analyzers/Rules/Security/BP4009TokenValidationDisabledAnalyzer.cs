using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4009: the application authenticates with tokens whose signature or age nobody checks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4009TokenValidationDisabledAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4009";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Token validation is disabled",
        messageFormat: "'{0}' lets {1} in; leave the check on",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The parameters that tokens are validated with switch off the check of the signature or of the lifetime, so a forged, unsigned or expired token signs its bearer in.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Tokens is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) => rule.OnOperation(
        context =>
        {
            var assignment = (ISimpleAssignmentOperation)context.Operation;
            if (DisabledCheck.Of(assignment, ValidationSubject.Token, model, context.CancellationToken) is { } found)
                context.ReportDiagnostic(rule.At(assignment.Syntax.GetLocation(), found.Setting, found.LetsIn));
        },
        OperationKind.SimpleAssignment);
}
