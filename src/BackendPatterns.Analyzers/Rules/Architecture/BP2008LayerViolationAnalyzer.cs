using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Layers;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2008: a type uses a type of a layer that the layer rules of the configuration do not open to it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2008LayerViolationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP2008";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Reference against the layer rules",
        messageFormat: "'{0}' of layer '{1}' uses '{2}' of layer '{3}', which no layer rule allows; turn the dependency around or move one of them",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The option backend_patterns.layers states which layers of the application may use which. A reference in another direction ties layers together that are meant to change apart.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        if (LayerRulesInForce.For(model, rule.Options) is not { } inForce)
            return;
        rule.OnTypeDeclaration(context =>
        {
            if (context.ContainingSymbol is not INamedTypeSymbol type)
                return;
            foreach (var reference in LayerReferences.In(context.Node, type, context.SemanticModel, inForce, context.CancellationToken))
            {
                context.ReportDiagnostic(rule.At(
                    reference.Places[0], reference.Places.Skip(1).Concat(reference.Type.Places()), properties: null, type.Name, reference.From.Text, reference.Type.Name, reference.To.Text));
            }
        });
    }
}
