using BackendPatterns.Analyzers.Flow.Boundaries;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Tokens;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4013: tokens are signed with a key that everyone knows who has the source.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4013HardCodedSigningKeyAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4013";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Signing key is written in the source",
        messageFormat: "'{0}' is made of a constant, so everyone with the source can sign tokens; read the key from configuration",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A constant becomes the key that tokens are signed and validated with. Whoever reads the source or the assembly can issue tokens for any user, and the key cannot be changed without a new version.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Tokens?.SymmetricSecurityKey is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var key = model.Libraries.Tokens!.SymmetricSecurityKey;
        rule.OnOperation(
            context =>
            {
                var creation = (IObjectCreationOperation)context.Operation;
                if (creation.Type is { Name: "SymmetricSecurityKey" } && SymbolEqualityComparer.Default.Equals(creation.Type, key) && creation.Arguments is [{ Value: var bytes }]
                    && KeyMaterial.Of(bytes, model, context.CancellationToken) is { } material && !new DevelopmentGuard(model, context.CancellationToken).IsAround(creation))
                {
                    context.ReportDiagnostic(rule.At(creation.Syntax.GetLocation(), [material.Constant.Syntax.GetLocation()], properties: null, "SymmetricSecurityKey"));
                }
            },
            OperationKind.ObjectCreation);
    }
}
