using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>
/// What a query certainly or possibly loads together with its rows, followed to the set it starts from: through locals and all their values, and through methods and
/// properties of this compilation that return queries.
/// </summary>
public sealed class EagerLoading
{
    private const int MostSteps = 200;

    private static readonly HashSet<string> RowKeepingOperators = new(StringComparer.Ordinal)
    {
        "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Skip", "SkipLast", "SkipWhile", "Take", "TakeLast", "TakeWhile", "Distinct", "DistinctBy",
        "Reverse", "AsQueryable", "OfType", "Cast", "Order", "OrderDescending",
    };

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<IncludeCall> _includes = [];
    private readonly List<IInvocationOperation> _operators = [];

    private EagerLoading()
    {
    }

    /// <summary>The navigations, as paths from the row, that an <c>Include</c> names on at least one way to the query.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>Every <c>Include</c> and <c>ThenInclude</c> on a way to the query, with its whole path.</summary>
    public IReadOnlyList<IncludeCall> Includes => _includes;

    /// <summary>Every operator on a way to the query, in no certain order.</summary>
    public IReadOnlyList<IInvocationOperation> Operators => _operators;

    /// <summary>True where the query has several starts, so that what is listed need not come together.</summary>
    public bool HasBranches { get; private set; }

    /// <summary>True where the rows are not tracked, so that nothing but the query itself fills their navigations.</summary>
    public bool IsNoTracking { get; private set; }

    /// <summary>The type of the context that the set belongs to, or null where the code does not show it.</summary>
    public ITypeSymbol? Context { get; private set; }

    private bool IgnoresAutoIncludes { get; set; }

    /// <summary>Returns what a query loads, or null where a part of it cannot be read.</summary>
    public static EagerLoading? Of(IOperation query, BackendModel model)
    {
        var loading = new EagerLoading();
        var pending = new Stack<QueryPart>();
        // The same body may be entered with several arguments; one that never ends runs out of steps.
        var seen = new HashSet<(IOperation, CallArguments?)>();
        pending.Push(new QueryPart(query, Arguments: null));
        for (var steps = 0; pending.Count > 0; steps++)
        {
            var part = pending.Pop();
            if (steps >= MostSteps || (seen.Add((part.Query, part.Arguments)) && !loading.Add(part, pending, model)))
                return null;
        }

        return loading;
    }

    /// <summary>True where the query, or the model for every query, may load the navigation at this path.</summary>
    public bool Loads(string path, EntityMember navigation) => _paths.Contains(path) || (navigation.IsAutoIncluded && !IgnoresAutoIncludes);

    /// <summary>Adds one part of the query and pushes what it is made from; false where that is not known.</summary>
    private bool Add(QueryPart part, Stack<QueryPart> pending, BackendModel model)
    {
        switch (part.Query.Unwrap())
        {
            case ITranslatedQueryOperation translated:
                pending.Push(part with { Query = translated.Operation });
                return true;
            case ILocalReferenceOperation local:
                var values = LocalValues.Around(local).WritesTo(local.Local);
                return values.Count > 0 && PushValues(values, local.Local, part, pending);
            case IParameterReferenceOperation parameter:
                if (part.Arguments?.ValueOf(parameter.Parameter) is not { } argument)
                    return false;
                // query = query.Include(…) under a condition, on the parameter itself.
                if (!PushValues(LocalValues.Around(parameter).WritesTo(parameter.Parameter), parameter.Parameter, part, pending))
                    return false;
                pending.Push(argument);
                return true;
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                HasBranches = true;
                pending.Push(part with { Query = choice.WhenTrue });
                pending.Push(part with { Query = otherwise });
                return true;
            case IPropertyReferenceOperation property when model.Libraries.EntityFrameworkCore!.IsDbSet(property.Type):
                Context ??= ContextOf(property.Instance, model);
                return true;
            case IFieldReferenceOperation field:
                return model.Libraries.EntityFrameworkCore!.IsDbSet(field.Type);
            case IPropertyReferenceOperation property:
                return PushReturned(property.Property.GetMethod, part with { Arguments = null }, pending, model);
            case IInvocationOperation call:
                return AddCall(call, part, pending, model);
            default:
                return false;
        }
    }

    private bool AddCall(IInvocationOperation call, QueryPart part, Stack<QueryPart> pending, BackendModel model)
    {
        var method = call.TargetMethod;
        if (method is { Name: "Set", IsGenericMethod: true } && method.ContainingType.IsIn("Microsoft.EntityFrameworkCore"))
        {
            Context ??= ContextOf(call.Instance, model);
            return true;
        }

        if (method.ContainingNamespace.Is("System.Linq") || method.ContainingNamespace.Is("Microsoft.EntityFrameworkCore"))
        {
            if (call.Receiver() is not { } receiver || !AddOperator(call, part.IsOptional))
                return false;
            _operators.Add(call);
            pending.Push(part with { Query = receiver });
            return true;
        }

        return PushReturned(method, part with { Arguments = new CallArguments(call, part) }, pending, model);
    }

    private bool AddOperator(IInvocationOperation call, bool isOptional)
    {
        var name = call.TargetMethod.Name;
        if (call.TargetMethod.ContainingNamespace.Is("System.Linq"))
            return RowKeepingOperators.Contains(name) || (name is "Select" && SelectsRow(call));
        switch (name)
        {
            case "Include" or "ThenInclude":
                if (PathOf(call) is not { } path)
                    return false;
                _includes.Add(new IncludeCall(path, call, isOptional));
                AddWithPrefixes(path);
                break;
            case "IgnoreAutoIncludes":
                IgnoresAutoIncludes = true;
                break;
            case "AsNoTracking":
                IsNoTracking = true;
                break;
        }

        return true;
    }

    private void AddWithPrefixes(string path)
    {
        for (var dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1))
            _paths.Add(path.Substring(0, dot));
        _paths.Add(path);
    }

    /// <summary>The whole path of an <c>Include</c>, or of a <c>ThenInclude</c> that follows its <c>Include</c> directly; null where it cannot be read.</summary>
    public static string? PathOf(IInvocationOperation include)
    {
        var path = "";
        IInvocationOperation? current = include;
        while (current is { TargetMethod.Name: "Include" or "ThenInclude" })
        {
            if (current.ArgumentAt(1) is not { } selected || IncludedNavigations.PathOf(selected) is not { } part)
                return null;
            path = path.Length == 0 ? part : part + "." + path;
            if (current.TargetMethod.Name is "Include")
                return path;
            current = current.Receiver()?.Unwrap() as IInvocationOperation;
        }

        return null;
    }

    /// <summary>Pushes the values of a variable; those that are made from the variable itself (<c>query = query.Where(…)</c>) are looked at last, and what they add is optional.</summary>
    private bool PushValues(IReadOnlyList<IOperation?> values, ISymbol variable, QueryPart part, Stack<QueryPart> pending)
    {
        var starts = 0;
        foreach (var value in values)
        {
            if (value is null)
                return false;
            if (StartsFrom(value, variable))
                pending.Push(part with { Query = value, IsOptional = true });
        }

        foreach (var value in values)
        {
            if (StartsFrom(value!, variable))
                continue;
            pending.Push(part with { Query = value! });
            HasBranches |= starts++ > 0;
        }

        // The argument is a start of a parameter too.
        HasBranches |= variable is IParameterSymbol && starts > 0;
        return true;
    }

    private static bool StartsFrom(IOperation value, ISymbol variable)
    {
        var current = value.Unwrap();
        for (var steps = 0; steps < MostSteps && current is IInvocationOperation call && call.Receiver() is { } receiver; steps++)
            current = receiver.Unwrap();
        return SymbolEqualityComparer.Default.Equals(current.ReferencedSymbol(), variable);
    }

    /// <summary>Pushes what a method or getter of this compilation returns; false where its body is not the only one that may run.</summary>
    private bool PushReturned(IMethodSymbol? method, QueryPart part, Stack<QueryPart> pending, BackendModel model)
    {
        if (method is null or { IsAbstract: true } or { IsVirtual: true } or { IsOverride: true, IsSealed: false } || model.BodyOf(method) is not { } body)
            return false;
        var returns = false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value } || operation.EnclosingFunction() is IAnonymousFunctionOperation)
                continue;
            if (operation.EnclosingFunction() is ILocalFunctionOperation local && !SymbolEqualityComparer.Default.Equals(local.Symbol, method))
                continue;
            pending.Push(part with { Query = value });
            HasBranches |= returns;
            returns = true;
        }

        return returns;
    }

    private static bool SelectsRow(IInvocationOperation select) =>
        select.ArgumentAt(1).AsLambda() is { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } && value.Unwrap() is IParameterReferenceOperation;

    private static ITypeSymbol? ContextOf(IOperation? instance, BackendModel model) =>
        instance?.Unwrap().Type is { } type && model.Libraries.EntityFrameworkCore!.IsDbContext(type) ? type : null;

    /// <summary>A part of the query, and the arguments of the call whose body it stands in; null outside such a body.</summary>
    private sealed record QueryPart(IOperation Query, CallArguments? Arguments, bool IsOptional = false);

    private sealed class CallArguments(IInvocationOperation call, QueryPart caller)
    {
        public QueryPart? ValueOf(IParameterSymbol parameter) =>
            SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, call.TargetMethod.OriginalDefinition) && call.ArgumentAt(parameter.Ordinal) is { } value
                ? caller with { Query = value }
                : null;
    }
}

/// <summary>A call of <c>Include</c> or <c>ThenInclude</c> on a way to a query.</summary>
/// <param name="Path">The whole path of the navigation.</param>
/// <param name="Call">The call.</param>
/// <param name="IsOptional">True where it is added to the query under a condition (<c>query = query.Include(…)</c>).</param>
public sealed record IncludeCall(string Path, IInvocationOperation Call, bool IsOptional);
