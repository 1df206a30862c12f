using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2006: the body or form of a request fills an entity, so that a client sets whatever the entity has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2006EntityBoundFromRequestAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP2006";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Entity bound from a request",
        messageFormat: "'{0}' lets clients set every member of the entity '{1}'; bind a request record with the members that they may set",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "An entity is bound from the body or the form of a request. Whatever property it has, a client can set: keys, owners, prices, flags, related rows (over-posting).",
        customTags: Framework.Rule.Security);

    private static readonly MentionedNames Updates = new("TryUpdateModelAsync");

    protected override bool AppliesTo(BackendModel model) => model is { Endpoints: not null, Libraries.EntityFrameworkCore: not null };

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnOperationBlock(context => AnalyzeAction(context, rule, model, endpoints));
        rule.OnSymbol(context => AnalyzeProperty(context, rule, model, endpoints), SymbolKind.Property);
        rule.OnCalls(MappedEndpoints.Names, (context, call) => AnalyzeMapping(context, call, rule, model, endpoints));
        rule.OnCalls(Updates, (context, call) => AnalyzeUpdate(context, call, rule, endpoints));
    }

    private static void AnalyzeAction(OperationBlockAnalysisContext context, RuleRegistration rule, BackendModel model, EndpointModel endpoints)
    {
        if (context.OwningSymbol is not IMethodSymbol { Parameters.IsEmpty: false, DeclaredAccessibility: Accessibility.Public } method || !endpoints.Controllers.ContainOrServeAsBase(method.ContainingType))
            return;
        foreach (var parameter in method.Parameters)
        {
            if (endpoints.EntityBinding.EntityOf(parameter) is { } entity && endpoints.Controllers.IsAction(method)
                && EntityBinding.TakesBody(endpoints.Controllers.VerbsOf(method)) && !ClientQueries.AreServedBy(method.ContainingType)
                && !new CarriedObjects(model, context.CancellationToken).Contain(parameter, context.OperationBlocks))
            {
                context.ReportDiagnostic(rule.At(parameter.Locations[0], entity.Places(), properties: null, method.Name, entity.Name));
            }
        }
    }

    private static void AnalyzeProperty(SymbolAnalysisContext context, RuleRegistration rule, BackendModel model, EndpointModel endpoints)
    {
        var property = (IPropertySymbol)context.Symbol;
        // Most properties belong to other types, and whether the type of one is an entity takes the configuration of all of them to tell.
        if (!IsFilled(property.ContainingType, endpoints) || endpoints.EntityBinding.EntityOf(property) is not { } entity || HandlersOf(property.ContainingType, endpoints).Count == 0)
            return;
        var blocks = property.ContainingType.GetMembers().OfType<IMethodSymbol>().Select(method => model.BodyOf(method, context.CancellationToken)).OfType<IOperation>();
        if (!new CarriedObjects(model, context.CancellationToken).Contain(property, blocks))
            context.ReportDiagnostic(rule.At(property.Locations[0], entity.Places(), properties: null, property.ContainingType.Name + "." + property.Name, entity.Name));
    }

    private static bool IsFilled(INamedTypeSymbol type, EndpointModel endpoints) => endpoints.Controllers.ContainOrServeAsBase(type) || endpoints.Pages.AreModelledBy(type);

    /// <summary>The handlers of a page, or actions of a controller, that get a body.</summary>
    private static List<IMethodSymbol> HandlersOf(INamedTypeSymbol type, EndpointModel endpoints)
    {
        if (endpoints.Pages.AreModelledBy(type))
            return endpoints.Pages.HandlersOf(type).Where(static handler => EntityBinding.TakesBody(RazorPages.VerbsOf(handler))).ToList();
        return endpoints.Controllers.ContainOrServeAsBase(type)
            ? endpoints.Controllers.ActionsOf(type).Where(action => EntityBinding.TakesBody(endpoints.Controllers.VerbsOf(action))).ToList()
            : [];
    }

    private static void AnalyzeMapping(OperationBlockAnalysisContext context, IInvocationOperation mapping, RuleRegistration rule, BackendModel model, EndpointModel endpoints)
    {
        if (!endpoints.IsMapCall(mapping) || !EntityBinding.TakesBody(MappedEndpoints.VerbsOf(mapping))
            || MappedEndpoints.FunctionOf(mapping)?.OriginalDefinition is not { } handler || MappedEndpoints.BodyOf(mapping, model, context.CancellationToken) is not { } body)
        {
            return;
        }

        foreach (var parameter in handler.Parameters)
        {
            if (endpoints.EntityBinding.EntityOf(parameter) is not { } entity || new CarriedObjects(model, context.CancellationToken).Contain(parameter, [body]))
                continue;
            // A report of an operation stands in its own file.
            var isHere = parameter.Locations[0].SourceTree == mapping.Syntax.SyntaxTree;
            context.ReportDiagnostic(rule.At(isHere ? parameter.Locations[0] : MappedEndpoints.NameLocationOf(mapping), entity.Places(), properties: null, parameter.Name, entity.Name));
        }
    }

    /// <summary>Without a list of members the form fills them all.</summary>
    private static void AnalyzeUpdate(OperationBlockAnalysisContext context, IInvocationOperation call, RuleRegistration rule, EndpointModel endpoints)
    {
        if (!call.TargetMethod.ContainingNamespace.IsBelow("Microsoft.AspNetCore.Mvc") || call.Argument("includeExpressions") is not null || call.Argument("propertyFilter") is not null
            || call.Argument("model")?.Unwrap().Type is not { } type || endpoints.EntityBinding.EntityIn(type) is not { } entity
            || context.OwningSymbol is not IMethodSymbol method || !EntityBinding.TakesBody(VerbsOf(method, endpoints)))
        {
            return;
        }

        var name = call.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax { Expression: var called } ? called : call.Syntax;
        context.ReportDiagnostic(rule.At(name.GetLocation(), entity.Places(), properties: null, "TryUpdateModelAsync", entity.Name));
    }

    private static HttpVerbs VerbsOf(IMethodSymbol method, EndpointModel endpoints) =>
        endpoints.Pages.AreModelledBy(method.ContainingType) ? RazorPages.VerbsOf(method) : endpoints.Controllers.VerbsOf(method);
}
