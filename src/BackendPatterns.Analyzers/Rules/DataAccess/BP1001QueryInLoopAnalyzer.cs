using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1001: a database read runs once per element of a loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1001QueryInLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1001";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Query executed in a loop",
        messageFormat: "'{0}' runs one query per element of the loop; load the rows before the loop",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A database read that depends on the element of a loop costs one round trip per element (N+1). One query that loads the rows of all elements, followed by a lookup in memory, costs one.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null || model.Libraries.AdoNet is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.DatabaseRead, Dependence.OnElement, model, context.CancellationToken))
            {
                if (!OneOff.Is(context.OwningSymbol, trip.Call) && !trip.ComesBackTo(context.OwningSymbol))
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, trip.Name));
            }
        });
}
