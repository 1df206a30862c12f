using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Jobs;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5013: a job is given a value that does not survive the way through the store of the scheduler.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5013JobArgumentAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5013";

    private const int MostSteps = 8;

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Job argument that does not survive the store",
        messageFormat: "'{0}' is {1}, which does not reach the job as it is; pass an id or a record of plain values",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A scheduler writes the arguments of a job into its store and runs the job later, in another scope and perhaps in another process. Entities come back as stale copies that no context tracks; contexts, requests, streams, form files and delegates do not come back at all. Pass ids and plain values, and load the rest in the job.");

    protected override bool AppliesTo(BackendModel model) => ScheduledCalls.In(model) is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var calls = ScheduledCalls.In(model)!;
        var values = new JobValues(model);
        if (calls.HasHangfire)
            rule.OnOperation(context => ReportHangfire(context), OperationKind.Invocation);
        if (calls.HasQuartz)
            rule.OnOperation(context => ReportQuartz(context), OperationKind.Invocation, OperationKind.SimpleAssignment, OperationKind.ObjectCreation);

        void ReportHangfire(OperationAnalysisContext context)
        {
            foreach (var value in calls.HangfireArguments((IInvocationOperation)context.Operation, context.CancellationToken))
                Report(context, value, JobStore.Text);
        }

        void ReportQuartz(OperationAnalysisContext context)
        {
            if (context.Operation is IObjectCreationOperation creation)
            {
                foreach (var value in ScheduledCalls.QuartzValues(creation))
                    Report(context, value, calls.QuartzStore);
            }
            else if (ScheduledCalls.QuartzValue(context.Operation) is { } value)
            {
                Report(context, value, calls.QuartzStore);
            }
        }

        void Report(OperationAnalysisContext context, IOperation value, JobStore store)
        {
            var given = value.Unwrap();
            if (given.ConstantValue.HasValue || given is IDefaultValueOperation || values.FaultOf(given.Type ?? value.Type, store) is not { } fault)
                return;
            if (fault is { Kind: JobArgumentKind.Entity, Path.IsEmpty: true } && model.Entities.IsEntity(given.Type!) && IsMadeHere(given))
                return;
            var places = fault.Path.Skip(fault.Path.Length - 1).SelectMany(static member => member.Locations).Where(place => place.SourceTree is { } tree && rule.Compilation.ContainsSyntaxTree(tree));
            var name = string.Join(".", new[] { given.Syntax.ToString() }.Concat(fault.Path.Select(static member => member.Name)));
            context.ReportDiagnostic(rule.At(given.Syntax.GetLocation(), places, null, name, WordsFor(fault.Kind)));
        }
    }

    /// <summary>An object that was just made and is in no context yet is a record of values, whatever its type is called.</summary>
    private static bool IsMadeHere(IOperation value)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (value.Unwrap())
            {
                case IObjectCreationOperation:
                    return true;
                case ILocalReferenceOperation { Local: var local } reference when LocalValues.Around(reference).OnlyValueOf(local) is { } only:
                    // What is added to a context becomes a row.
                    if (LocalValues.Around(reference).ReferencesTo(local).Any(static use => use.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "AddAsync" or "Attach" or "Update" } }))
                        return false;
                    value = only;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static string WordsFor(JobArgumentKind kind) => kind switch
    {
        JobArgumentKind.Entity => "an entity",
        JobArgumentKind.Context => "a DbContext",
        JobArgumentKind.Request => "part of the request",
        JobArgumentKind.Principal => "a principal",
        JobArgumentKind.Stream => "a stream",
        JobArgumentKind.Form => "a form of the request",
        _ => "a delegate",
    };
}
