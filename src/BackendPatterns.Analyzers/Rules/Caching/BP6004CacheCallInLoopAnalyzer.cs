using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Caching;

/// <summary>BP6004: a cache outside the process is called once per element of a loop, and each turn waits for the answer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP6004CacheCallInLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP6004";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Cache call in a loop",
        messageFormat: "'{0}' waits for one cache round trip per element of the loop; send all keys in one call, or start the calls first and await them together",
        category: Category.Caching,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A Redis or distributed cache call that each turn of a loop waits for costs one network round trip per element. "
                     + "StackExchange.Redis takes arrays of keys, fields and values; calls without such a form can be started together and awaited once.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.HasRemoteCaches;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.Cache, Dependence.OnElement, model, context.CancellationToken))
            {
                if (Awaiting.HoldsUpTheLoop(trip.Call, trip.Repetition) && CacheCommands.CanBeSentTogether(trip, model) && !OneOff.Is(context.OwningSymbol))
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, trip.Name));
            }
        });
}
