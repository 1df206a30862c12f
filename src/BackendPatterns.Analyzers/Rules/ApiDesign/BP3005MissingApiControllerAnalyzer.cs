using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>BP3005: a controller has no <c>[ApiController]</c>, although most of the other API controllers have it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP3005MissingApiControllerAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP3005";

    private const int FewestOthers = 3;

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Controller without [ApiController]",
        messageFormat: "'{0}' is not marked with [ApiController], as {1} of the {2} other API controllers are; it answers invalid requests and binds parameters in another way than they do",
        category: Category.ApiDesign,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "[ApiController] answers requests with an invalid model with 400 and problem details, infers where parameters come from and requires attribute routes. "
                     + "A controller without it among controllers with it behaves differently in each of these.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.AspNetCore is { ControllerBase: not null, ApiControllerAttribute: not null };

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var controllers = BackendModel.Once(() => ApiControllers.In(model));
        rule.OnSymbol(
            context =>
            {
                var type = (INamedTypeSymbol)context.Symbol;
                if (type.TypeKind is not TypeKind.Class || !model.Endpoints!.Controllers.Contain(type) || !controllers.Value.Lack(type))
                    return;
                var (marked, others) = controllers.Value.Besides(type);
                // 70 % of at least three others: fewer say nothing about what is usual here.
                if (others >= FewestOthers && marked * 10 >= others * 7)
                    context.ReportDiagnostic(rule.At(type.FirstPlace(), type.Name, marked, others));
            },
            SymbolKind.NamedType);
    }
}
