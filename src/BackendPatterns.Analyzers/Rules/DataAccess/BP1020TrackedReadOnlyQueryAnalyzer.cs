using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1020: entities are loaded with tracking to answer a GET request, and only read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1020TrackedReadOnlyQueryAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1020";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Tracked entities that are only read",
        messageFormat: "'{0}' loads '{1}' with tracking to answer a GET request that only reads it; use 'AsNoTracking'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "For every tracked entity EF Core keeps a snapshot of its values and an entry, and looks for changes in all of them. Rows that a GET request only reads need neither: 'AsNoTracking' loads them without.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null && model.Libraries.AspNetCore is not null;

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (BP1020ReadOnlyLoad.Of(read, model, context.CancellationToken) is { } found && !OneOff.Is(context.OwningSymbol))
            context.ReportDiagnostic(rule.At(found.Load.Place, found.Load.Name, found.Load.Entity.Symbol.Name));
    }
}
