using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2008: a type uses a type of a layer that the layer rules of the configuration do not open to it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2008LayerViolationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP2008";

    private const string Title = "Reference against the layer rules";
    private const string Why = "The option backend_patterns.layers states which layers of the application may use which. A reference in another direction ties layers together that are meant to change apart.";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: Title,
        messageFormat: "'{0}' of layer '{1}' uses '{2}' of layer '{3}', which no layer rule allows; turn the dependency around or move one of them",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: Why);

    // A second message of the same rule: who switches the rule off does not want to hear of its option either.
    private static readonly DiagnosticDescriptor BadText = Framework.Rule.Create(
        id: Id,
        title: Title,
        messageFormat: "The layer rules '{0}' cannot be read: {1}; write chains as 'Web > Application > Domain' and separate them by commas",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: Why);

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        if (LayerRulesInForce.For(model, rule.Options, CancellationToken.None) is not { } inForce)
            return;
        rule.OnTypeDeclaration(context =>
        {
            if (context.ContainingSymbol is not INamedTypeSymbol type)
                return;
            foreach (var reference in LayerReferences.In(context.Node, type, context.SemanticModel, inForce, context.CancellationToken))
            {
                context.ReportDiagnostic(rule.At(
                    reference.Places[0], reference.Places.Skip(1).Concat(reference.Type.Locations), properties: null, type.Name, reference.From.Text, reference.Type.Name, reference.To.Text));
            }
        });
        if (inForce.Bad.Count == 0)
            return;
        rule.OnFile(context =>
        {
            foreach (var bad in inForce.Bad)
            {
                if (bad.Tree == context.Tree)
                    context.ReportDiagnostic(Diagnostic.Create(BadText, Location.Create(bad.Tree, new TextSpan(0, 0)), bad.Text, bad.Problem));
            }
        });
    }
}
