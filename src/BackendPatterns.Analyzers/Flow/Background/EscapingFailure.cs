using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>An operation of a loop's body that can fail for reasons outside the process, and whose failure nothing in the loop catches.</summary>
/// <param name="Place">The call in the loop that it happens at or behind.</param>
/// <param name="Name">How messages name the operation itself.</param>
public sealed record EscapingFailure(IOperation Place, string Name)
{
    /// <summary>Returns the first such operation of a loop, in source order, or null where there is none or nothing is known.</summary>
    public static EscapingFailure? Of(ILoopOperation loop, BackendModel model, CancellationToken cancellation) =>
        new Search(cancellation).In(loop.Body, loop.Body, model, depth: 0);

    private sealed class Search(CancellationToken cancellation)
    {
        private const int MostDepth = 6;
        private const int MostMethods = 200;

        private readonly Dictionary<ISymbol, EscapingFailure?> _known = new(SymbolEqualityComparer.Default);

        public EscapingFailure? In(IOperation body, IOperation boundary, BackendModel model, int depth)
        {
            var pending = new Stack<IOperation>();
            pending.Push(body);
            while (pending.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var operation = pending.Pop();
                if (FailureOf(operation, model, depth) is { } name && IsUnguarded(operation, boundary, depth))
                    return new EscapingFailure(operation, name);
                // What runs later, or for ever beside it, has its own way out.
                if (operation is IAnonymousFunctionOperation lambda ? !IsRunHere(lambda) : operation is ILocalFunctionOperation || (operation is ILoopOperation inner && EndlessLoop.Is(inner)))
                    continue;
                foreach (var child in operation.ChildOperations.Reverse())
                    pending.Push(child);
            }

            return null;
        }

        /// <summary>In a method that is called, a handler that throws again lets the failure out. In the loop itself whoever wrote that knows what it does.</summary>
        private static bool IsUnguarded(IOperation operation, IOperation boundary, int depth)
        {
            while (true)
            {
                var guard = FailureGuard.Around(operation, boundary);
                if (guard.Kind is GuardKind.Rethrows && depth > 0)
                {
                    operation = guard.Statement!;
                    continue;
                }

                if (guard.Kind is not GuardKind.None)
                    return false;
                // A lambda that runs inside the region is guarded by what stands around the call that runs it.
                if (operation.EnclosingFunction() is not IAnonymousFunctionOperation lambda || !lambda.IsWithin(boundary) || lambda == boundary)
                    return true;
                operation = lambda;
                while (operation is not IInvocationOperation && operation.Parent is { } parent)
                    operation = parent;
            }
        }

        private string? FailureOf(IOperation operation, BackendModel model, int depth)
        {
            switch (operation)
            {
                case IForEachLoopOperation each:
                    return model.DataAccess.Classify(each)?.Name;
                case IObjectCreationOperation:
                    return new AttemptClassifier(model, LocalValues.Around(operation)).Classify(operation)?.Name;
                case IInvocationOperation call when Waiting.IsWaitedFor(call) && !AttemptClassifier.IsLogging(call.TargetMethod):
                    return Itself(call, model) ?? Behind(call, model, depth);
                default:
                    return null;
            }
        }

        private static string? Itself(IInvocationOperation call, BackendModel model)
        {
            if (model.DataAccess.Classify(call) is { } trip)
                return IsInMemory(trip, model) ? null : trip.Name;
            var method = call.TargetMethod;
            if (method.MethodKind is MethodKind.DelegateInvoke)
                return method.ReturnType.IsTask() && call.Instance?.Unwrap() is ILocalReferenceOperation { Local: var local } && LocalValues.Around(call).OnlyValueOf(local)?.Unwrap() is not IAnonymousFunctionOperation ? local.Name : null;
            if (method.ReturnType.IsTask() && (RemoteLibraries.IsCall(method) || (method.ContainingType is { Name: "File" } file && file.IsIn("System.IO"))))
                return method.ContainingType.Name + "." + method.Name;
            return new AttemptClassifier(model, LocalValues.Around(call)).Classify(call) is { Kind: AttemptKind.RoundTrip or AttemptKind.InputOutput } attempt ? attempt.Name : null;
        }

        private static bool IsInMemory(RoundTrip trip, BackendModel model) => trip.Library switch
        {
            DataLibrary.HybridCache => true,
            DataLibrary.DistributedCache => model.Libraries.DistributedCacheIsInMemory,
            _ => false,
        };

        private string? Behind(IInvocationOperation call, BackendModel model, int depth)
        {
            var method = call.TargetMethod;
            if (depth == MostDepth || method.MethodKind is MethodKind.DelegateInvoke)
                return null;
            if (method.MethodKind is MethodKind.LocalFunction)
                return Of(method, method, model, depth)?.Name;
            if (method.ContainingAssembly is null || !model.Calls.IsInSource(method))
                return null;
            foreach (var body in model.Calls.Dispatch.Of(method, cancellation))
            {
                if (Of(body.Method, body.Method.OriginalDefinition, body.Owner, depth) is { } failure)
                    return failure.Name;
            }

            return null;
        }

        private EscapingFailure? Of(IMethodSymbol method, ISymbol key, BackendModel owner, int depth)
        {
            if (_known.TryGetValue(key, out var known) || _known.Count > MostMethods)
                return known;
            // While it is being looked at, a method that calls itself adds nothing.
            _known[key] = null;
            return _known[key] = owner.BodyOf(method, cancellation) is { } body ? In(body, body, owner, depth + 1) : null;
        }

        /// <summary>True for a lambda that a call runs before it ends: asynchronous work that is waited for, no expression tree, no callback.</summary>
        private static bool IsRunHere(IAnonymousFunctionOperation lambda)
        {
            if (!lambda.Symbol.ReturnType.IsTask() || lambda.WithConversions().Parent is not IArgumentOperation { Parent: IInvocationOperation call })
                return false;
            return call.TargetMethod.Name switch
            {
                "Run" or "ForEachAsync" => Waiting.IsWaitedFor(call),
                // Task.WhenAll(items.Select(async item => …))
                "Select" => call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WhenAll" } all } && Waiting.IsWaitedFor(all),
                _ => false,
            };
        }
    }
}
