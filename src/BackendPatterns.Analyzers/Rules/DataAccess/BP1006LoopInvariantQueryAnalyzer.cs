using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1006: a database read in a loop asks for the same each time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1006LoopInvariantQueryAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1006";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "The same query in every turn of a loop",
        messageFormat: "'{0}' asks the database for the same in every turn of the loop; ask once before the loop",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A database read that does not depend on the element of a loop costs one round trip per element for one answer. Executed once before the loop it costs one.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null || model.Libraries.AdoNet is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.DatabaseRead, Dependence.None, model, context.CancellationToken))
            {
                if (!OneOff.Is(context.OwningSymbol) && InvariantQuery.Is(trip, model))
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, trip.Name));
            }
        });
}
