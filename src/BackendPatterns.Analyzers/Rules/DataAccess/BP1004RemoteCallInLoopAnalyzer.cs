using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1004: an HTTP or gRPC call runs once per element of a loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1004RemoteCallInLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1004";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Remote call in a loop",
        messageFormat: "'{0}' makes one remote call per element of the loop; ask for all elements in one call, or run the calls beside each other with a limit",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An HTTP or gRPC call per element of a loop adds up the latency of all elements, and starting them all at once floods the other service. "
                     + "One call for all elements, or Parallel.ForEachAsync with a limit, does neither.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.HasRemoteClients;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.Remote, Dependence.OnElement, model, context.CancellationToken))
            {
                if (!BoundedFanOut.Is(trip.Repetition) && !BackgroundWork.Is(context.OwningSymbol) && !OneOff.Is(context.OwningSymbol))
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, trip.Name));
            }
        });
}
