using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1002: a call that is probably a database read runs once per element of a loop; its code is not visible.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1002SuspectedQueryInLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1002";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Probable query executed in a loop",
        messageFormat: "'{0}' probably runs one query per element of the loop; load what all elements need before the loop",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A method of a repository, store or data access object whose code is not visible here runs once per element of a loop and gets something that depends on the element. "
                     + "If it asks the database, that is one round trip per element (N+1); a method that takes all keys at once costs one.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.SuspectedRead, Dependence.OnElement, model, context.CancellationToken))
            {
                if (!OneOff.Is(context.OwningSymbol) && !IsKnownRead(trip, context, model))
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, trip.Name));
            }
        });

    /// <summary>Where a known read stands behind the same call, that is the finding.</summary>
    private static bool IsKnownRead(PerElementTrip suspected, OperationBlockAnalysisContext context, BackendModel model) =>
        PerElementTrips.In(context.OperationBlocks, RoundTripKind.DatabaseRead, Dependence.OnElement, model, context.CancellationToken).Any(trip => trip.Call == suspected.Call);
}
