using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A place that holds its thread until the database has answered; the analyzer and its fix ask the same question.</summary>
/// <param name="Operation">The synchronous call, the loop over a query, or what waits for the task: <c>.Result</c>, <c>.Wait()</c>, <c>.GetResult()</c>.</param>
/// <param name="Task">The task that is waited for, or null for a synchronous call and a loop.</param>
/// <param name="Name">What blocks, as messages name it.</param>
/// <param name="AsyncName">What to await.</param>
/// <param name="Place">Where to report.</param>
/// <param name="Endpoint">The synchronous action or handler lambda around it, or null in an async function.</param>
public sealed record BP1025BlockingCall(IOperation Operation, IOperation? Task, string Name, string AsyncName, Location Place, IMethodSymbol? Endpoint)
{
    private const string Enumeration = "AsAsyncEnumerable";

    /// <summary>Methods of EF Core that execute and have an asynchronous form of the same name.</summary>
    private static readonly HashSet<string> Executing = new(StringComparer.Ordinal)
    {
        "ToList", "ToArray", "ToDictionary", "ToHashSet", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "Any", "All", "Count", "LongCount", "Min", "Max",
        "Sum", "Average", "Contains", "ElementAt", "ElementAtOrDefault", "Load", "Find", "Reload", "GetDatabaseValues", "SaveChanges", "ExecuteUpdate", "ExecuteDelete", "ExecuteSql",
        "ExecuteSqlRaw", "ExecuteSqlInterpolated", "BeginTransaction",
    };

    /// <summary>The names without which a member has none.</summary>
    internal static readonly MentionedNames Names = new(Executing.Concat(["Wait", "GetResult", "Result", "foreach"]));

    /// <summary>Returns what blocks in an operation, or null where nothing does, where it cannot be awaited, or where that is not known.</summary>
    public static BP1025BlockingCall? Of(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.Name: var name } call when Executing.Contains(name):
                return OfExecution(call, model);
            case IInvocationOperation { TargetMethod.Name: "Wait", Arguments.IsEmpty: true, Instance: { } task } wait when task.Type.IsTask():
                return OfWait(wait, task, "Wait", model, cancellation);
            case IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } result:
                return OfWait(result, task, "GetResult", model, cancellation);
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } result when task.Type.IsTask():
                return OfWait(result, task, "Result", model, cancellation);
            case IForEachLoopOperation { IsAsynchronous: false } loop:
                return OfLoop(loop, model);
            default:
                return null;
        }
    }

    private static BP1025BlockingCall? OfExecution(IInvocationOperation call, BackendModel model)
    {
        // Lists have methods of these names too, and are what most of them are called on.
        if (!HasAsyncForm(call, model) || AwaitablePlace.Of(call, model) is not { } place
            || model.DataAccess.Classify(call) is not { Library: DataLibrary.EntityFrameworkCore, IsDatabase: true } || IsSyncArm(call, call.TargetMethod.Name + "Async"))
        {
            return null;
        }

        return new BP1025BlockingCall(call, Task: null, call.TargetMethod.Name, call.TargetMethod.Name + "Async", call.Syntax.MemberName().GetLocation(), place.Endpoint);
    }

    /// <summary>Each row is waited for.</summary>
    private static BP1025BlockingCall? OfLoop(IForEachLoopOperation loop, BackendModel model)
    {
        // Most loops are over lists.
        if (loop.Collection?.Unwrap().Type is not { } type || !model.Libraries.Linq.IsQueryable(type) || AwaitablePlace.Of(loop, model) is not { } place
            || model.DataAccess.ReadBy(loop) is null || IsSyncArm(loop, Enumeration))
        {
            return null;
        }

        var found = TerminalPlace.Of(loop);
        return new BP1025BlockingCall(loop, Task: null, found.Name, Enumeration, found.Location, place.Endpoint);
    }

    private static BP1025BlockingCall? OfWait(IOperation operation, IOperation task, string name, BackendModel model, CancellationToken cancellation)
    {
        if (task.UnwrapAwait() is not IInvocationOperation call || AwaitablePlace.Of(operation, model) is not { } place || IsSyncArm(operation, call.TargetMethod.Name)
            || !ReachesEntityFramework(call, model, cancellation))
        {
            return null;
        }

        return new BP1025BlockingCall(operation, task, name, call.TargetMethod.Name, operation.Syntax.MemberName().GetLocation(), place.Endpoint);
    }

    private static bool ReachesEntityFramework(IInvocationOperation call, BackendModel model, CancellationToken cancellation)
    {
        if (model.DataAccess.Classify(call) is { } trip)
            return trip is { Library: DataLibrary.EntityFrameworkCore, IsDatabase: true };
        return model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseRead, cancellation) is { End.Library: DataLibrary.EntityFrameworkCore }
            || model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseWrite, cancellation) is { End.Library: DataLibrary.EntityFrameworkCore };
    }

    /// <summary>True where EF Core has the method with <c>Async</c> at the end for what this one is called on.</summary>
    private static bool HasAsyncForm(IInvocationOperation call, BackendModel model)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        if (type.ContainingNamespace.Is("System.Linq"))
        {
            type = model.Libraries.Linq.IsQueryable(call.Receiver()?.Unwrap().Type) ? model.Libraries.EntityFrameworkCore?.QueryableExtensions : null;
            // A comparer or a default value is no argument of the asynchronous forms.
            if (method.Parameters.Any(static parameter => parameter.Type.Name is "IEqualityComparer" && parameter.Type.ContainingNamespace.IsBelow("System") || parameter.Name is "defaultValue"))
                return false;
        }

        for (; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(method.Name + "Async").IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary><c>async ? await query.ToListAsync() : query.ToList()</c>: the caller chooses.</summary>
    private static bool IsSyncArm(IOperation operation, string asyncName)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is not IConditionalOperation choice || choice.Condition == current)
                continue;
            var other = choice.WhenTrue == current ? choice.WhenFalse : choice.WhenTrue;
            if (Says(choice.Condition) || other?.DescendantsAndSelf().Any(inner => inner is IInvocationOperation call && call.TargetMethod.Name == asyncName) == true)
                return true;
        }

        return false;
    }

    private static bool Says(IOperation condition) =>
        condition.DescendantsAndSelf().Any(static part => part.ReferencedSymbol()?.Name is { } name && NameWords.Of(name) is var words && (words.Contains("async") || words.Contains("sync") || words.Contains("synchronous")));
}
