using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>BP3006: a segment of a route says what the HTTP method says already. Disabled by default: many good APIs name commands in their routes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP3006VerbInRouteAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP3006";

    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "get", "getall", "list", "read", "fetch", "create", "add", "insert", "update", "edit", "modify", "delete", "remove", "save", "post", "put", "patch",
    };

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Verb in a route",
        messageFormat: "The segment '{0}' of a route repeats the HTTP method; name the resource and leave the verb to the method",
        category: Category.ApiDesign,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The HTTP method says what is done, the route says to what. A verb in the route gives the same resource several addresses.",
        isEnabledByDefault: false);

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnSymbol(
            context =>
            {
                if (context.Symbol is INamedTypeSymbol { TypeKind: TypeKind.Class } type && endpoints.Controllers.ContainOrServeAsBase(type))
                    AnalyzeController(type, finding => context.ReportDiagnostic(finding), rule, endpoints, model);
            },
            SymbolKind.NamedType);
        rule.OnOperation(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if ((MappedEndpoints.IsMapName(call.TargetMethod.Name) ? endpoints.IsMapCall(call) : RouteBuilders.IsMapping(call.TargetMethod))
                    && (call.Argument("pattern") ?? call.Argument("prefix"))?.ConstantValue is { HasValue: true, Value: string template } && VerbIn(template) is { } verb)
                {
                    context.ReportDiagnostic(rule.At(MappedEndpoints.NameLocationOf(call), verb));
                }
            },
            OperationKind.Invocation);
    }

    private static void AnalyzeController(INamedTypeSymbol controller, Action<Finding> report, RuleRegistration rule, EndpointModel endpoints, BackendModel model)
    {
        foreach (var attribute in controller.GetAttributes())
        {
            if (VerbIn(attribute, model) is { } verb)
                report(rule.At(controller.FirstPlace(), verb));
        }

        foreach (var action in endpoints.Controllers.ActionsOf(controller))
        {
            if (!SymbolEqualityComparer.Default.Equals(action.ContainingType, controller))
                continue;
            foreach (var attribute in action.GetAttributes())
            {
                if (VerbIn(attribute, model) is { } verb)
                {
                    report(rule.At(action.Locations[0], verb));
                    break;
                }
            }
        }
    }

    private static string? VerbIn(AttributeData attribute, BackendModel model) =>
        attribute.AttributeClass.IsOrImplements(model.Libraries.AspNetCore!.RouteTemplateProvider) && attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string template }, ..]
            ? VerbIn(template)
            : null;

    private static string? VerbIn(string template)
    {
        foreach (var segment in template.Split('/'))
        {
            if (Verbs.Contains(segment))
                return segment;
        }

        return null;
    }
}
