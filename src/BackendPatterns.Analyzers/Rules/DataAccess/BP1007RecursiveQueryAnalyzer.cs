using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1007: a method that queries calls itself for each child.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1007RecursiveQueryAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1007";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Recursive query",
        messageFormat: "'{0}' calls itself for each child and runs a query each time; load the tree with one query",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A method that queries and calls itself for each child row costs one round trip per node of the tree. "
                     + "Loading all rows of the tree at once (they fit in memory more often than not) or a recursive common table expression costs one.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null || model.Libraries.AdoNet is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var trip in PerElementTrips.In(context.OperationBlocks, RoundTripKind.DatabaseRead, Dependence.OnElement, model, context.CancellationToken))
            {
                if (trip.Chain is not null && Recursion.Of(trip.Call, trip.Chain, context.OwningSymbol) is { } method && model.BodyOf(method, context.CancellationToken) is { } body
                    && !Recursion.IsBounded(method, body) && !OneOff.Is(context.OwningSymbol))
                {
                    context.ReportDiagnostic(rule.At(trip.Place.GetLocation(), trip.Locations, properties: null, method.Name));
                }
            }
        });
}
