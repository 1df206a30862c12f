using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Jobs;

/// <summary>Calls that put work into the store of a scheduler, and what they put there with it.</summary>
internal sealed class ScheduledCalls
{
    private static readonly HashSet<string> HangfireNames = new(StringComparer.Ordinal) { "Enqueue", "Schedule", "ContinueJobWith", "ContinueWith", "AddOrUpdate", "FromExpression" };
    private static readonly TreeWords PersistentStores = new("UsePersistentStore", "JobStoreTX", "JobStoreCMT", "quartz.jobStore.type", "UseProperties", "useProperties");

    private readonly BackendModel _model;
    private readonly Lazy<bool> _isPersistent;

    private ScheduledCalls(BackendModel model, bool hasHangfire, bool hasQuartz)
    {
        _model = model;
        HasHangfire = hasHangfire;
        HasQuartz = hasQuartz;
        _isPersistent = BackendModel.Once(() => model.Compilation.SyntaxTrees.Any(static tree => PersistentStores.AnyIn(tree, CancellationToken.None)));
    }

    public bool HasHangfire { get; }

    public bool HasQuartz { get; }

    /// <summary>How Quartz keeps data here: in memory unless this code base configures a store.</summary>
    public JobStore QuartzStore => _isPersistent.Value ? JobStore.Text : JobStore.Memory;

    /// <summary>Returns the calls of a compilation, or null where no scheduler is referenced.</summary>
    public static ScheduledCalls? In(BackendModel model)
    {
        var hasHangfire = model.Compilation.FindType("Hangfire.BackgroundJob") is not null;
        var hasQuartz = model.Compilation.FindType("Quartz.JobDataMap") is not null;
        return hasHangfire || hasQuartz ? new ScheduledCalls(model, hasHangfire, hasQuartz) : null;
    }

    /// <summary>
    /// Returns the values that a call stores for a job of Hangfire: the arguments of the call in its expression. Follows a method of this code base that hands its expression on. Empty for any
    /// other call.
    /// </summary>
    public ImmutableArray<IOperation> HangfireArguments(IInvocationOperation call, CancellationToken cancellation)
    {
        var none = ImmutableArray<IOperation>.Empty;
        if (!HangfireNames.Contains(call.TargetMethod.Name) || JobIn(call) is not { } job)
            return none;
        if (!IsHangfire(call.TargetMethod) && !HandsOn(call, job.Parameter, cancellation))
            return none;
        return job.Call.Arguments.Select(static argument => argument.Value).ToImmutableArray();
    }

    /// <summary>Returns the value that a call or assignment puts into a <c>JobDataMap</c>, or null for anything else.</summary>
    public static IOperation? QuartzValue(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Put" or "Add" or "TryAdd" } method } call when call.Arguments.Length == 2 && IsDataMap(call.Instance?.Type) && method.Parameters.Length == 2 => call.ArgumentAt(1),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: var map } } assignment when IsDataMap(map) => assignment.Value,
        _ => null,
    };

    /// <summary>Returns the values in the dictionary that a <c>JobDataMap</c> is made from; empty where it is not written there.</summary>
    public static IEnumerable<IOperation> QuartzValues(IObjectCreationOperation creation)
    {
        if (!IsDataMap(creation.Type) || creation.Arguments is not [{ Value: var given }] || given.Unwrap() is not IObjectCreationOperation { Initializer: { } initializer })
            yield break;
        foreach (var element in initializer.Initializers)
        {
            if (element is IInvocationOperation { TargetMethod.Name: "Add" } add && add.ArgumentAt(1) is { } value)
                yield return value;
            else if (element is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true }, Value: var assigned })
                yield return assigned;
        }
    }

    private static bool IsDataMap(ITypeSymbol? type) => type is { Name: "JobDataMap" } && type.IsIn("Quartz");

    private static bool IsHangfire(IMethodSymbol method) => method.ContainingAssembly is { Name: "Hangfire.Core" or "Hangfire" };

    /// <summary>The call inside of the expression that a method is given.</summary>
    private static (IInvocationOperation Call, IParameterSymbol Parameter)? JobIn(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type: { Name: "Expression" } } parameter && argument.Value.AsLambda() is { Body.Operations: [var only, ..] })
            {
                var value = only switch
                {
                    IReturnOperation { ReturnedValue: { } returned } => returned.Unwrap(),
                    IExpressionStatementOperation statement => statement.Operation.Unwrap(),
                    _ => null,
                };
                return value is IInvocationOperation job ? (job, parameter) : null;
            }
        }

        return null;
    }

    /// <summary>True where the visible body of a method gives its expression to Hangfire: <c>IJobService.Enqueue(expression)</c>.</summary>
    private bool HandsOn(IInvocationOperation call, IParameterSymbol parameter, CancellationToken cancellation)
    {
        foreach (var body in _model.Calls.BodiesOf(call.TargetMethod, cancellation))
        {
            if (parameter.Ordinal >= body.Parameters.Length || _model.BodyOf(body, cancellation) is not { } code)
                continue;
            foreach (var reference in LocalValues.Around(code).ReferencesTo(body.Parameters[parameter.Ordinal]))
            {
                if (reference.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation inner } && IsHangfire(inner.TargetMethod))
                    return true;
            }
        }

        return false;
    }
}
