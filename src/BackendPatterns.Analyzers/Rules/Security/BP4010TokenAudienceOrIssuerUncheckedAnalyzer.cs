using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4010: the application authenticates with tokens whatever their issuer or audience is.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4010TokenAudienceOrIssuerUncheckedAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4010";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Audience or issuer of tokens is not checked",
        messageFormat: "'{0}' lets {1} in; name the expected one and leave the check on",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The parameters that tokens are validated with switch off the check of the issuer or of the audience, so a token that was issued for another application, or by another service with the same key, signs its bearer in.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Tokens is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) => rule.OnOperation(
        context =>
        {
            var assignment = (ISimpleAssignmentOperation)context.Operation;
            if (DisabledCheck.Of(assignment, ValidationSubject.Source, model, context.CancellationToken) is { } found)
                context.ReportDiagnostic(rule.At(assignment.Syntax.GetLocation(), found.Setting, found.LetsIn));
        },
        OperationKind.SimpleAssignment);
}
