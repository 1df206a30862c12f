using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1005: the database is written once per element of a loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1005SaveChangesInLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1005";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Saved in a loop",
        messageFormat: "'{0}' writes to the database once per element of the loop; {1}",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A write per element of a loop costs one round trip and one transaction per element. EF Core sends the changes of all elements in few commands when they are saved once, after the loop.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null || model.Libraries.AdoNet is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.DatabaseWrite, Dependence.Any, model, context.CancellationToken))
            {
                if (!OneOff.Is(context.OwningSymbol) && !MeantWrites.Include(trip, model))
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, trip.Name, RemedyFor(trip.Name)));
            }
        });

    private static string RemedyFor(string name) =>
        name.Contains("BeginTransaction") ? "use one transaction for all elements"
        : name.Contains("SaveChanges") ? "save once after the loop"
        : "write all elements with one command";
}
