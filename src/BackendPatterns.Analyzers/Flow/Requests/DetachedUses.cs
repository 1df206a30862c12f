using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>What work uses that ends with the request in which it was started.</summary>
/// <param name="Captured">What the work takes along: the service or value where the work begins.</param>
/// <param name="Ending">The value that ends: the same, or what the service holds.</param>
internal sealed record BoundUse(IOperation Captured, IOperation Ending);

/// <summary>Follows work that was started in a request to the first thing that it uses after the request may be over.</summary>
internal sealed class DetachedUses(BackendModel model, AspNetCore aspNetCore)
{
    private const int MostDepth = 5;
    private const int MostOperations = 5000;
    private const int MostLinks = 12;

    private readonly RequestBound _bound = new(model, aspNetCore);

    /// <summary>Returns the first such thing, or null where there is none, or where it cannot be seen.</summary>
    public BoundUse? Of(DetachedStart start, CancellationToken cancellation)
    {
        var search = new Search(cancellation);
        switch (start.Work)
        {
            case IAnonymousFunctionOperation lambda:
                return In(new Code(lambda.Body, lambda, start.RunsAside, PointsOf(lambda.Symbol, lambda.Body), [], 0), search);
            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } group:
                return InMethod(group.Method, start.RunsAside, [], 0, search);
            case IInvocationOperation call:
                var around = new Code(call, call, Whole: false, WaitingPoints.None, [], 0);
                return InCall(call, whole: false, around, search) ?? OnItself(call, around);
            default:
                return null;
        }
    }

    private static WaitingPoints PointsOf(IMethodSymbol method, IOperation body) => method.IsAsync ? WaitingPoints.In(body) : WaitingPoints.None;

    /// <summary><c>_ = db.SaveChangesAsync()</c>: the library goes on using what the call is made on.</summary>
    private BoundUse? OnItself(IInvocationOperation call, Code around)
    {
        foreach (var operation in call.Descendants())
        {
            if (IsReference(operation) && _bound.IsScopedType(operation.Type) && _bound.Contains(operation, around.Work, around.Given) && IsOfAsynchronousCall(operation))
                return new BoundUse(operation, operation);
        }

        return null;
    }

    private BoundUse? In(Code code, Search search)
    {
        var pending = new Stack<IOperation>();
        pending.Push(code.Body);
        while (pending.Count > 0 && search.Take())
        {
            var operation = pending.Pop();
            if (operation is ILocalFunctionOperation or INameOfOperation || (operation is IAnonymousFunctionOperation lambda && !Runs(lambda, code)))
                continue;
            if (UseAt(operation, code, search) is { } use)
                return use;
            foreach (var child in operation.ChildOperations.Reverse())
                pending.Push(child);
        }

        return null;
    }

    /// <summary>A lambda may run whenever the code around it runs; an expression tree never does, and before the first wait one that only is passed on is not followed.</summary>
    private bool Runs(IAnonymousFunctionOperation lambda, Code code) => !lambda.IsTree(model.Libraries.Linq.Expression) && code.IsLater(lambda);

    private BoundUse? UseAt(IOperation operation, Code code, Search search)
    {
        if (operation is IInvocationOperation call)
        {
            var isLater = code.IsLater(call);
            return isLater || call.Type.IsTask() ? InCall(call, isLater, code, search) : null;
        }

        if (!IsReference(operation) || operation.Parent is IAssignmentOperation { Target: var target } && target == operation || !_bound.Contains(operation, code.Work, code.Given))
            return null;
        return code.IsLater(operation) || (_bound.IsScopedType(operation.Type) && IsOfAsynchronousCall(operation)) ? new BoundUse(operation, operation) : null;
    }

    /// <summary>Follows a call on the same object, of a function, or on a service of the request. Where several bodies may run, all of them have to use something.</summary>
    private BoundUse? InCall(IInvocationOperation call, bool whole, Code code, Search search)
    {
        if (code.Depth == MostDepth || Callee.Of(call, model) is not { } callee)
            return null;
        var method = callee.Method;
        var isFunction = method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction;
        var service = isFunction || method.IsStatic || callee.Instance is null or IInstanceReferenceOperation ? null : ServiceIn(callee.Instance, code);
        if (service is null && !isFunction && !method.IsStatic && callee.Instance is not (null or IInstanceReferenceOperation))
            return null;
        BoundUse? first = null;
        foreach (var body in isFunction ? ImmutableArray.Create(method) : model.Calls.BodiesOf(method, search.Cancellation))
        {
            if (service is not null && LongLivedTypes.Contain(body.ContainingType, model))
                return null;
            var given = Given(callee, body, code);
            if (InMethod(body, whole, given, code.Depth + 1, search) is not { } use)
                return null;
            first ??= use.Captured is IParameterReferenceOperation { Parameter: var parameter } && given.Contains(parameter) && callee.ArgumentAt(parameter.Ordinal) is { } argument
                ? use with { Captured = argument.Unwrap() }
                : use;
        }

        return service is null ? first : first is null ? null : first with { Captured = service };
    }

    private BoundUse? InMethod(IMethodSymbol method, bool whole, HashSet<ISymbol> given, int depth, Search search)
    {
        if (!search.Enter(method, whole) || model.BodyOf(method, search.Cancellation) is not { } body)
            return null;
        var points = PointsOf(method, body);
        if (!whole && method.IsAsync && points.AreNone)
            return null;
        return In(new Code(body, body, whole, points, given, depth), search);
    }

    /// <summary>The service of the request that a call is made on, also through its properties (<c>unitOfWork.Orders</c>); null where it may be another object.</summary>
    private IOperation? ServiceIn(IOperation receiver, Code code)
    {
        var current = receiver.Unwrap();
        for (var links = 0; links < MostLinks; links++)
        {
            if (_bound.ComesFromScope(current, code.Work, code.Given))
                return current;
            if (current is not IPropertyReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation })
                return null;
            current = instance.Unwrap();
        }

        return null;
    }

    private HashSet<ISymbol> Given(Callee callee, IMethodSymbol body, Code code)
    {
        var given = new HashSet<ISymbol>(body.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? code.Given : [], SymbolEqualityComparer.Default);
        foreach (var argument in callee.Arguments)
        {
            if (argument.Parameter is not { } parameter || parameter.Ordinal >= body.Parameters.Length)
                continue;
            var value = argument.Value.Unwrap();
            if (IsReference(value) && (_bound.Contains(value, code.Work, code.Given) || _bound.ComesFromScope(value, code.Work, code.Given)))
                given.Add(body.Parameters[parameter.Ordinal]);
        }

        return given;
    }

    private static bool IsReference(IOperation operation) => operation is IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation;

    /// <summary>True where a reference is part of what a library's asynchronous call is made on or given.</summary>
    private static bool IsOfAsynchronousCall(IOperation reference)
    {
        var current = reference.Parent;
        for (var links = 0; links < MostLinks && current is IInvocationOperation or IArgumentOperation or IConversionOperation or IMemberReferenceOperation or IConditionalAccessOperation; links++)
        {
            // AddAsync only waits where a value generator asks the database, which hardly any does (https://learn.microsoft.com/dotnet/api/microsoft.entityframeworkcore.dbcontext.addasync).
            if (current is IInvocationOperation call && call.Type.IsTask())
                return call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && call.TargetMethod.Name is not ("AddAsync" or "AddRangeAsync");
            current = current.Parent;
        }

        return false;
    }

    /// <summary>Code that runs, in whole or from its first waiting point on, after the request may be over.</summary>
    private sealed record Code(IOperation Body, IOperation Work, bool Whole, WaitingPoints Points, HashSet<ISymbol> Given, int Depth)
    {
        public bool IsLater(IOperation operation) => Whole || Points.Precede(operation);
    }

    private sealed class Search(CancellationToken cancellation)
    {
        private readonly HashSet<ISymbol> _whole = new(SymbolEqualityComparer.Default);
        private readonly HashSet<ISymbol> _partly = new(SymbolEqualityComparer.Default);
        private int _operations;

        public CancellationToken Cancellation => cancellation;

        public bool Take()
        {
            cancellation.ThrowIfCancellationRequested();
            return ++_operations <= MostOperations;
        }

        public bool Enter(IMethodSymbol method, bool whole) => (whole ? _whole : _partly).Add(method.OriginalDefinition);
    }
}
