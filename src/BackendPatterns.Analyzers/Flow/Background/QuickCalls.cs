using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>Which operations are known to come back at once, whether there is work or not. Everything else may be what the loop waits for.</summary>
internal sealed class QuickCalls(BackendModel model, CancellationToken cancellation)
{
    private const int MostDepth = 4;
    private const int MostOperations = 600;

    private static readonly string[] SlowSql = ["WAITFOR", "SLEEP", "LISTEN", "RECEIVE", "NOTIFY"];

    private static readonly HashSet<string> QuickSpaces = new(StringComparer.Ordinal)
    {
        "System.Linq", "System.Text", "System.Text.Json", "System.Collections.Generic", "System.Collections.Immutable", "System.Collections.Concurrent", "System.Globalization",
        "System.Diagnostics", "System.Text.RegularExpressions", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Options", "Microsoft.Extensions.Logging",
    };

    private static readonly HashSet<string> QuickThreading = new(StringComparer.Ordinal) { "Interlocked", "Volatile", "CancellationToken", "CancellationTokenSource", "CancellationTokenRegistration" };

    private static readonly HashSet<string> BlockingMembers = new(StringComparer.Ordinal) { "Take", "TryTake", "Add", "TryAdd", "GetConsumingEnumerable", "TakeFromAny", "WaitForExit", "WaitForExitAsync" };

    private readonly Dictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The first round trip that was seen, by name; null where none was.</summary>
    public string? RoundTrip { get; private set; }

    /// <summary>Where it is.</summary>
    public Location? Place { get; private set; }

    /// <summary>False where an operation, or something that it stands around, may wait.</summary>
    public bool AreAll(IOperation operation) => AreAll(operation, model, depth: 0);

    private bool AreAll(IOperation root, BackendModel owner, int depth)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        for (var count = 0; pending.Count > 0; count++)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Pop();
            if (count > MostOperations || !IsQuick(operation, owner, depth))
                return false;
            if (operation is IAnonymousFunctionOperation or IFlowAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (var child in operation.ChildOperations)
                pending.Push(child);
        }

        return true;
    }

    private bool IsQuick(IOperation operation, BackendModel owner, int depth) => operation switch
    {
        IInvocationOperation call => IsQuick(call, owner, depth),
        IAwaitOperation awaited => awaited.Operation.UnwrapAwait() is IInvocationOperation or IPropertyReferenceOperation { Property: { Name: "CompletedTask", ContainingType.Name: "Task" } },
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IFunctionPointerInvocationOperation => false,
        ILoopOperation loop => loop is IForEachLoopOperation { IsAsynchronous: false } or IForLoopOperation { Condition: not null },
        _ => true,
    };

    private bool IsQuick(IInvocationOperation call, BackendModel owner, int depth)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke || method.Name.StartsWith("Read", StringComparison.Ordinal) && method.ContainingType.Name is "Console")
            return false;
        if (owner.DataAccess.Classify(call) is { } trip)
        {
            if (!IsQuick(trip, call))
                return false;
            RoundTrip ??= trip.Name;
            Place ??= call.Syntax.GetLocation();
            return true;
        }

        return IsOfBaseLibrary(call) || AttemptClassifier.IsLogging(method) || (depth < MostDepth && IsVisibleAndQuick(call, owner, depth));
    }

    /// <summary>A query of EF Core and a cache command answer at once. SQL may wait for a notification or a message, HTTP may be a long poll.</summary>
    private static bool IsQuick(RoundTrip trip, IInvocationOperation call)
    {
        switch (trip.Library)
        {
            case DataLibrary.EntityFrameworkCore or DataLibrary.Dapper:
                foreach (var part in call.DescendantsAndSelf())
                {
                    if (part is { Type.SpecialType: SpecialType.System_String, ConstantValue: { HasValue: true, Value: string text } } && SlowSql.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
                        return false;
                }

                return trip.Library is DataLibrary.EntityFrameworkCore ? !call.TargetMethod.Name.Contains("Sql") : call.Arguments.Any(static argument => argument.Value.ConstantValue is { HasValue: true, Value: string });
            case DataLibrary.DistributedCache:
                return true;
            case DataLibrary.Redis:
                return !call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal) && !call.TargetMethod.Name.StartsWith("Script", StringComparison.Ordinal) && !call.TargetMethod.Name.StartsWith("Lock", StringComparison.Ordinal);
            default:
                return false;
        }
    }

    private static bool IsOfBaseLibrary(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType is not { } type || method.Name is "Dispose" or "DisposeAsync" or "GetEnumerator" or "MoveNext" or "ConfigureAwait")
            return true;
        if (type.IsIn("System"))
            return type.Name is not ("Console" or "Lazy" or "Progress" or "Action" or "Func");
        if (type.IsIn("System.Threading"))
            return QuickThreading.Contains(type.Name) || (type.Name is "Monitor" && method.Name is "Enter" or "Exit");
        if (type.IsIn("System.Threading.Tasks"))
            return type is { Name: "Task" or "ValueTask" } && method.Name is "Yield" or "FromResult" or "FromException" || method.Name is "AsTask";
        if (type.IsIn("System.Threading.Channels"))
            return method.Name is "TryRead" or "TryWrite" or "TryPeek";
        if (type.Name is "BlockingCollection" or "Process" && BlockingMembers.Contains(method.Name))
            return false;
        if (type.IsIn("Microsoft.EntityFrameworkCore") || type.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"))
            return !method.ReturnType.IsTask() || method.Name is "CreateDbContextAsync" or "AddAsync" or "AddRangeAsync";
        foreach (var space in QuickSpaces)
        {
            if (type.IsIn(space))
                return !method.ReturnType.IsTask();
        }

        return false;
    }

    private bool IsVisibleAndQuick(IInvocationOperation call, BackendModel owner, int depth)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.LocalFunction)
            return IsQuickBody(method, owner, depth);
        if (method.ContainingAssembly is null || !owner.Calls.IsInSource(method))
            return false;
        var bodies = owner.Calls.Dispatch.Of(method, cancellation);
        if (bodies.IsEmpty)
            return false;
        foreach (var body in bodies)
        {
            if (!IsQuickBody(body.Method, body.Owner, depth))
                return false;
        }

        return true;
    }

    private bool IsQuickBody(IMethodSymbol method, BackendModel owner, int depth)
    {
        var key = method.OriginalDefinition;
        if (_known.TryGetValue(key, out var quick))
            return quick;
        // A method that calls itself is no quick call.
        _known[key] = false;
        return _known[key] = owner.BodyOf(method, cancellation) is { } body && AreAll(body, owner, depth + 1);
    }
}
