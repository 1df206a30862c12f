using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

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
        rule.OnOperation(
            context =>
            {
                if (Loops.Enclosing(context.Operation) is not { IsEmpty: false } repetitions
                    || Finding(context.Operation, repetitions, model) is not { } finding || OneOff.Is(context.ContainingSymbol))
                {
                    return;
                }

                var locations = new List<Location> { finding.Repetition.Header };
                if (finding.Chain is { } chain)
                    locations.AddRange(chain.Locations);
                context.ReportDiagnostic(rule.At(finding.Place.GetLocation(), locations, properties: null, finding.Name));
            },
            OperationKind.Invocation, OperationKind.MethodReference, OperationKind.Loop);

    private static PerElementRead? Finding(IOperation operation, ImmutableArray<Repetition> repetitions, BackendModel model)
    {
        switch (operation)
        {
            case IInvocationOperation call when model.DataAccess.Classify(call) is { } trip:
                return trip.Kind is RoundTripKind.DatabaseRead ? PerElementRead.Direct(call, trip, repetitions, model) : null;
            case IInvocationOperation call when model.Calls.CanFollow(call):
                return PerElementRead.Behind(call, repetitions, model);
            case IMethodReferenceOperation group:
                return PerElementRead.Behind(group, repetitions, model);
            case IForEachLoopOperation loop when model.DataAccess.Classify(loop) is { } trip:
                return PerElementRead.Direct(loop.Collection, trip, repetitions, model);
            default:
                return null;
        }
    }
}
