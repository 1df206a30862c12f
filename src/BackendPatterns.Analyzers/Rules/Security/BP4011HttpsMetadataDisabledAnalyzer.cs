using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Boundaries;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4011: the keys that tokens are checked with may come over plain HTTP, also in production.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4011HttpsMetadataDisabledAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4011";

    private static readonly string[] Schemes = ["Microsoft.AspNetCore.Authentication", "IdentityServer4", "Duende"];

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "HTTPS is not required for the metadata of an authority",
        messageFormat: "'{0}' lets the keys of the authority come over plain HTTP in production too; limit it to development",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without HTTPS for the metadata address, someone on the way can replace the keys that tokens are validated with. The setting is meant for development only.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Tokens is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) => rule.OnOperation(
        context =>
        {
            var assignment = (ISimpleAssignmentOperation)context.Operation;
            if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "RequireHttpsMetadata" } property } && Array.Exists(Schemes, property.ContainingNamespace.IsBelow)
                && WrittenValue.IsFalse(assignment.Value, model, context.CancellationToken) && !new DevelopmentGuard(model, context.CancellationToken).IsAround(assignment))
            {
                context.ReportDiagnostic(rule.At(assignment.Syntax.GetLocation(), "RequireHttpsMetadata = false"));
            }
        },
        OperationKind.SimpleAssignment);
}
