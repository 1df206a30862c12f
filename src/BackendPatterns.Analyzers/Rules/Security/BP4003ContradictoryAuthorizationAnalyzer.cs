using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4003: an endpoint, a group or a page that requires authorization and allows anonymous callers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4003ContradictoryAuthorizationAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4003";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Authorization required and anonymous callers allowed",
        messageFormat: "'{0}' requires authorization and allows anonymous callers, so anyone may call it; keep one of the two",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "ASP.NET Core skips authorization where anything that applies to an endpoint allows anonymous callers: the requirement next to it, or inside an open group, has no effect.");

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null && model.Libraries.AspNetCore?.AuthorizeData is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        rule.OnOperation(context => AnalyzeCall(context, rule, endpoints), OperationKind.Invocation);
        rule.OnSymbol(context => AnalyzePage(context, rule, endpoints), SymbolKind.NamedType);
    }

    private static void AnalyzeCall(OperationAnalysisContext context, RuleRegistration rule, EndpointModel endpoints)
    {
        if (endpoints.ContradictionAt((IInvocationOperation)context.Operation) is not { } contradiction)
            return;
        var parts = contradiction.Requiring.Concat(contradiction.Opening).Where(part => part.Syntax != contradiction.Place.Syntax).Select(MappedEndpoints.NameLocationOf);
        context.ReportDiagnostic(rule.At(contradiction.Location, parts, null, NameOf(contradiction.Place)));
    }

    private static void AnalyzePage(SymbolAnalysisContext context, RuleRegistration rule, EndpointModel endpoints)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is TypeKind.Class && endpoints.Pages.AreModelledBy(type) && endpoints.Pages.IsContradictory(type))
            context.ReportDiagnostic(rule.At(type.FirstPlace(), type.Name));
    }

    private static string NameOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrap().ConstantValue is { HasValue: true, Value: string text })
                return $"{call.TargetMethod.Name} {text}";
        }

        return call.TargetMethod.Name;
    }
}
