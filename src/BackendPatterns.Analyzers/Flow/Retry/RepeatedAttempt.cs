using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>
/// Whether the attempts of a retry are the same call each time. Another host, a renewed token, a changed row or an unknown repair between two attempts makes the next one another attempt, which
/// need not wait.
/// </summary>
internal sealed class RepeatedAttempt(RetryLoop retry, RetryScope scope, IReadOnlyList<RemoteCall> remotes, CancellationToken cancellation)
{
    private const int MostSteps = 400;

    private static readonly string[] Choosing =
        ["Next", "Pick", "Select", "Choose", "Rotate", "Random", "Token", "Refresh", "Resolve", "Fallback", "Alternat", "Failover", "Host", "Endpoint", "Server", "Node", "Replica", "Renew", "Switch", "NewGuid", "CreateVersion7", "Generate"];

    private static readonly string[] Texts = ["1205", "40001", "40P01", "Deadlock", "deadlock", "Serialization"];

    private readonly AttemptClassifier _attempts = new(scope.Model, scope.Values);

    /// <summary>True where a value that goes into the call is another one in every iteration, or the call itself is chosen by one.</summary>
    public bool AsksForSomethingElse
    {
        get
        {
            foreach (var remote in remotes)
            {
                if (DependsOnIteration(remote.Call) || IsChosen(remote.Call))
                    return true;
            }

            return false;
        }
    }

    /// <summary>True where a failure is one of a conflict between transactions: the database has already made one of them win, and the loser may come back at once.</summary>
    public bool AnswersConflict
    {
        get
        {
            foreach (var node in scope.Loop.Syntax.DescendantNodes())
            {
                if (node is not CatchClauseSyntax clause)
                    continue;
                // A row that is taken, or an outage: the type alone does not tell.
                if (clause.Declaration is { } declared && scope.Semantics.GetTypeInfo(declared.Type, cancellation).Type is { Name: "DbUpdateException" })
                    return true;
                foreach (var token in clause.DescendantTokens())
                {
                    foreach (var text in Texts)
                    {
                        if (token.Text.Contains(text))
                            return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>True where something that may change the next attempt happens after a failure, and where that cannot be told.</summary>
    public bool RepairsInBetween
    {
        get
        {
            if (LoopGraph.Of(scope, cancellation) is not { } graph || FailureHandler.In(scope, graph, cancellation) is not { } handlers)
                return true;
            var outcome = new AttemptOutcome(scope, _attempts);
            var events = new LoopEvents(graph, scope, _attempts, outcome, new RetryBounds(scope, _attempts, cancellation));
            foreach (var failure in retry.Failures)
            {
                var handler = handlers.Find(candidate => candidate.Clause.CatchKeyword.GetLocation().SourceSpan == failure.Location.SourceSpan);
                if (failure.Kind is RetryFailureKind.Exception && handler is null)
                    return true;
                var assumed = handler is null ? Assumption.OfStatus(fails: true) : new Assumption(ImmutableArray.Create(handler.Region), Fails: true, OpaqueCalls: true);
                if (LoopPaths.Under(assumed, graph, events, outcome) is not { } paths)
                    return true;
                var attempt = (SyntaxNode?)((TryStatementSyntax?)handler?.Clause.Parent)?.Block;
                foreach (var block in paths.BlocksBetweenAttempts())
                {
                    foreach (var operation in LoopGraph.OperationsOf(block))
                    {
                        if (Repairs(operation, failure.Location.SourceSpan.Start, attempt))
                            return true;
                    }
                }
            }

            return false;
        }
    }

    private bool Repairs(IOperation operation, int failure, SyntaxNode? attempt)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            switch (part)
            {
                // What follows the attempt inside the try block is only done after a success.
                case not null when attempt?.Span.Contains(part.Syntax.Span) == true:
                    continue;
                case IInvocationOperation call when !IsHarmless(call, failure):
                case IAwaitOperation { Operation: var awaited } when awaited.UnwrapAwait() is not IInvocationOperation:
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation or IArrayElementReferenceOperation } assignment when ChangesWhatIsShared(assignment):
                case IDynamicInvocationOperation or IFunctionPointerInvocationOperation:
                    return true;
            }
        }

        return false;
    }

    /// <summary>An object made in the same iteration may be filled; the last exception may be kept anywhere.</summary>
    private bool ChangesWhatIsShared(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Parent is IMemberInitializerOperation or IObjectOrCollectionInitializerOperation || assignment.Value.Unwrap().Type.IsException())
            return false;
        var written = scope.Semantics.GetOperation(assignment.Syntax, cancellation) as ISimpleAssignmentOperation ?? assignment;
        return written.Parent is not IObjectOrCollectionInitializerOperation && (written.Target.RootLocal() is not { } local || !IsMadeInside(local));
    }

    private bool IsMadeInside(ILocalSymbol local) => scope.Values.OnlyValueOf(local) is { } value && scope.Contains(value.Syntax);

    private bool IsDeclaredInside(ILocalSymbol local) => local.DeclaringSyntaxReferences is [var declaration] && scope.Contains(declaration.GetSyntax(cancellation));

    private bool IsHarmless(IInvocationOperation call, int failure, int depth = 0)
    {
        var method = call.TargetMethod;
        if (call.IsImplicit || method.Name is "Dispose" or "DisposeAsync" or "ConfigureAwait" or "GetAwaiter" or "GetResult" || AttemptClassifier.IsLogging(method) || PureCalls.IsPure(method))
            return true;
        if (depth == 0 && call.Syntax.SpanStart < failure && !IsConditional(call.Syntax))
            return true;
        var space = method.ContainingNamespace;
        if (space.IsBelow("System.Diagnostics") || space.Is("System.Text") || (space.Is("System.Collections.Generic") && method.Name is "Add") || (space.Is("System.Threading") && method.ContainingType.Name is "Interlocked"))
            return true;
        if (space.Is("System") && method.ContainingType.Name is "DateTime" or "DateTimeOffset" or "TimeProvider")
            return true;
        if (method.Name.StartsWith("Log", StringComparison.Ordinal))
            return true;
        return depth < 2 && method.MethodKind is not MethodKind.DelegateInvoke && (!method.IsVirtual || method.ContainingType.IsSealed) && scope.Model.BodyOf(method, cancellation) is { } body && OnlyLooks(body, failure, depth);
    }

    /// <summary>True for a visible helper that changes nothing outside itself.</summary>
    private bool OnlyLooks(IOperation body, int failure, int depth)
    {
        var count = 0;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (++count > MostSteps || operation is IAwaitOperation or ISimpleAssignmentOperation { Target: IMemberReferenceOperation } or IAnonymousFunctionOperation
                || (operation is IInvocationOperation inner && !IsHarmless(inner, failure, depth + 1)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsConditional(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null && scope.Contains(parent); parent = parent.Parent)
        {
            if (parent is IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or CatchClauseSyntax)
                return true;
        }

        return false;
    }

    /// <summary>Follows the locals that a call is made of to what they get inside the loop.</summary>
    private bool DependsOnIteration(IInvocationOperation call)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IOperation>();
        pending.Push(call);
        var count = 0;
        while (pending.Count > 0)
        {
            var expression = pending.Pop();
            foreach (var part in expression.DescendantsAndSelf())
            {
                if (++count > MostSteps)
                    return true;
                if (part is IInvocationOperation inner && !ReferenceEquals(inner, call) && Chooses(inner.TargetMethod))
                    return true;
                if (part is IIncrementOrDecrementOperation)
                    return true;
                if (part is not (ILocalReferenceOperation or IParameterReferenceOperation) || part.ReferencedSymbol() is not { } variable || !seen.Add(variable))
                    continue;
                foreach (var value in scope.WritesInside(variable))
                {
                    // What is declared in the loop is made anew; what comes from outside and is written inside is another one next time.
                    if (value is null || variable is not ILocalSymbol local || !IsDeclaredInside(local))
                        return true;
                    pending.Push(value);
                }
            }
        }

        return false;
    }

    /// <summary>Which of several calls is made is decided by something that changes from iteration to iteration.</summary>
    private bool IsChosen(IInvocationOperation call)
    {
        for (IOperation child = call, parent = call.Parent!; parent is not null && scope.Contains(parent.Syntax) && !ReferenceEquals(parent, scope.Loop); child = parent, parent = parent.Parent!)
        {
            var condition = parent switch
            {
                IConditionalOperation choice when !ReferenceEquals(choice.Condition, child) => choice.Condition,
                ISwitchOperation selection when !ReferenceEquals(selection.Value, child) => selection.Value,
                ISwitchExpressionOperation selection when !ReferenceEquals(selection.Value, child) => selection.Value,
                _ => null,
            };
            if (condition is not null && Changes(condition))
                return true;
        }

        return false;
    }

    private bool Changes(IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part is IInvocationOperation || (part.ReferencedSymbol() is ILocalSymbol or IParameterSymbol && scope.WritesInside(part.ReferencedSymbol()!).Any()))
                return true;
        }

        return false;
    }

    private static bool Chooses(IMethodSymbol method)
    {
        foreach (var word in Choosing)
        {
            if (method.Name.Contains(word))
                return true;
        }

        return false;
    }
}
