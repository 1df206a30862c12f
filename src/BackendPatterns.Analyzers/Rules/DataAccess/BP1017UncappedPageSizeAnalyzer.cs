using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1017: the caller of an endpoint decides without an upper bound how many rows are loaded.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1017UncappedPageSizeAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1017";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Page size without an upper bound",
        messageFormat: "'{0}' comes from the request and has no upper bound, so one request can load the whole table; cap it",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Paging protects the database and the memory of the server only where the caller cannot ask for a page of any size.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries is { EntityFrameworkCore: not null, AspNetCore: not null };

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnCalls(BP1017UncappedTake.Names, (context, call) =>
        {
            if (BP1017UncappedTake.Of(call, model) is { } found)
                context.ReportDiagnostic(rule.At(found.Size.Syntax.GetLocation(), found.Size.ReferencedSymbol()?.Locations, properties: null, found.Size.Syntax.ToString()));
        });
}
