using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Who executes a query.</summary>
public enum QueryProvider
{
    /// <summary>Not known: rules are silent.</summary>
    Unknown,

    /// <summary>EF Core.</summary>
    EntityFrameworkCore,

    /// <summary>The rows are in memory already.</summary>
    Memory,
}

/// <summary>
/// A fluent query: its source and the operators applied to it, in the order they are applied. Locals with one value, and locals that are only
/// ever narrowed (<c>if (x) q = q.Where(…)</c>), are followed to their source.
/// </summary>
public sealed class QueryChain
{
    private const int MaximumLength = 64;
    private const int MaximumDepth = 3;
    private const int MaximumStarts = 8;

    private readonly IOperation _expression;
    private readonly QuerySources _sources;
    private QueryWays? _ways;

    private QueryChain(IOperation expression, QuerySources sources, IOperation source, QueryProvider provider, ImmutableArray<IInvocationOperation> operators, bool isComplete)
    {
        _expression = expression;
        _sources = sources;
        Source = source;
        Provider = provider;
        Operators = operators;
        IsComplete = isComplete;
    }

    /// <summary>Where the query starts: a set, a call of <c>Set&lt;T&gt;()</c>, a parameter, a call that returns a query.</summary>
    public IOperation Source { get; }

    public QueryProvider Provider { get; }

    /// <summary>The operators on the path from the source, first applied first; no terminal operator among them.</summary>
    public ImmutableArray<IInvocationOperation> Operators { get; }

    /// <summary>False where more operators may have been applied than are listed: conditional recomposition, an unknown source, an own extension method. Questions about absence need true.</summary>
    public bool IsComplete { get; }

    /// <summary>
    /// Every way on which the query may come to be: what <see cref="Operators"/> leaves out, such as conditional operators and the bodies of methods that return or compose
    /// queries, is there. Computed at the first question.
    /// </summary>
    public QueryWays Ways => _ways ??= _sources.WaysTo(_expression);

    /// <summary>The element type of the source: the entity, where the provider is EF Core.</summary>
    public ITypeSymbol? SourceElementType => Source.Type is { } type ? type.UnwrapTask().ElementTypeOfSequence() : null;

    /// <summary>True where an operator with this name is listed on the one path; <see cref="Ways"/> knows them all.</summary>
    public bool Has(string operatorName)
    {
        foreach (var call in Operators)
        {
            if (call.TargetMethod.Name == operatorName)
                return true;
        }

        return false;
    }

    /// <summary>Returns the chain that an expression of a sequence type is, or null where the expression is no query at all (not a sequence).</summary>
    internal static QueryChain? Of(IOperation expression, QuerySources sources, int depth = 0)
    {
        var libraries = sources.Libraries;
        var operators = new Stack<IInvocationOperation>();
        var isComplete = true;
        var isWidened = false;
        var current = expression.Unwrap();
        for (var steps = 0; steps < MaximumLength; steps++)
        {
            if (current is ITranslatedQueryOperation { Operation: var translated })
            {
                current = translated.Unwrap();
            }
            else if (current is IInvocationOperation call && IsDeferredOperator(call, libraries) && call.Receiver() is { } receiver)
            {
                operators.Push(call);
                isWidened |= call.TargetMethod.Name is "AsEnumerable" or "AsAsyncEnumerable";
                current = receiver.Unwrap();
            }
            else if (current is IInvocationOperation { TargetMethod.IsExtensionMethod: true } composing
                     && libraries.Linq.IsQueryable(composing.Type) && composing.Receiver() is { } composed && libraries.Linq.IsQueryable(composed.Type))
            {
                isComplete = false;
                current = composed.Unwrap();
            }
            else if (current is ILocalReferenceOperation local && FollowLocal(local, sources, depth, ref isComplete) is { } value)
            {
                current = value.Unwrap();
            }
            else if (IsChoice(current) && FollowChoice(current, sources, depth) is { } chosen)
            {
                isComplete = false;
                current = chosen.Unwrap();
            }
            else
            {
                break;
            }
        }

        var element = current.Type?.ElementTypeOfSequence();
        if (element is null)
            return null;
        var provider = sources.ProviderOf(current, depth);
        if (provider is QueryProvider.EntityFrameworkCore && !sources.IsWhole(current, element))
            isComplete = false;
        return new QueryChain(expression, sources, current, provider, operators.ToImmutableArray(), isComplete && !isWidened);
    }

    /// <summary>
    /// The value a query local starts from: its only value, or, where every later value is built from the local itself, its first one
    /// (then the chain is not complete). Of several starts the first one, where all are queries of the same provider.
    /// </summary>
    private static IOperation? FollowLocal(ILocalReferenceOperation reference, QuerySources sources, int depth, ref bool isComplete)
    {
        var writes = LocalValues.Around(reference).WritesTo(reference.Local);
        if (writes is [{ } only])
            return only;
        List<IOperation>? starts = null;
        foreach (var write in writes)
        {
            if (write is null)
                return null;
            if (!StartsFrom(write, reference.Local))
                (starts ??= []).Add(write);
        }

        if (starts is null || (starts.Count > 1 && !AreAlike(starts, sources, depth)))
            return null;
        isComplete = false;
        return starts[0];
    }

    private static bool IsChoice(IOperation operation) => operation is IConditionalOperation or ISwitchExpressionOperation;

    /// <summary><c>all ? db.Orders : db.Orders.Where(…)</c>: the first query, where all are of the same provider.</summary>
    private static IOperation? FollowChoice(IOperation choice, QuerySources sources, int depth)
    {
        var arms = new List<IOperation>();
        if (choice is IConditionalOperation { WhenTrue: var whenTrue, WhenFalse: { } whenFalse })
        {
            arms.Add(whenTrue);
            arms.Add(whenFalse);
        }
        else if (choice is ISwitchExpressionOperation { Arms: var all })
        {
            foreach (var arm in all)
            {
                if (arm.Value.Unwrap() is not IThrowOperation)
                    arms.Add(arm.Value);
            }
        }

        return arms.Count > 0 && AreAlike(arms, sources, depth) ? arms[0] : null;
    }

    private static bool AreAlike(List<IOperation> starts, QuerySources sources, int depth)
    {
        if (depth >= MaximumDepth || starts.Count > MaximumStarts)
            return false;
        QueryProvider? provider = null;
        foreach (var start in starts)
        {
            if (Of(start, sources, depth + 1) is not { Provider: not QueryProvider.Unknown } chain || (provider is not null && chain.Provider != provider))
                return false;
            provider = chain.Provider;
        }

        return true;
    }

    private static bool StartsFrom(IOperation value, ILocalSymbol local)
    {
        var current = value.Unwrap();
        for (var steps = 0; steps < MaximumLength && current is IInvocationOperation call && call.Receiver() is { } receiver; steps++)
            current = receiver.Unwrap();
        return current is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
    }

    /// <summary>True for an operator of LINQ or EF Core that changes a query or sequence without running it.</summary>
    internal static bool IsDeferredOperator(IInvocationOperation call, KnownLibraries libraries)
    {
        var method = call.TargetMethod;
        if (method.Name is "AsQueryable" or "AsAsyncEnumerable" && libraries.EntityFrameworkCore?.IsDbSet(method.ContainingType) == true)
            return true;
        if (!method.IsExtensionMethod || call.Type?.ElementTypeOfSequence() is null || call.Receiver()?.Type?.ElementTypeOfSequence() is null)
            return false;
        var type = method.ContainingType;
        if (type.ContainingNamespace.Is("System.Linq"))
            return type.Name is "Queryable" || (type.Name is "Enumerable" or "AsyncEnumerable" && IsLazy(method));
        return type.ContainingNamespace.Is("Microsoft.EntityFrameworkCore") && libraries.Linq.IsQueryable(call.Type)
               || (type.Name is "EntityFrameworkQueryableExtensions" && method.Name is "AsAsyncEnumerable");
    }

    private static bool IsLazy(IMethodSymbol method) =>
        !method.Name.StartsWith("To", StringComparison.Ordinal) && method.ReturnType.OriginalDefinition is INamedTypeSymbol
        {
            Name: "IEnumerable" or "IOrderedEnumerable" or "IAsyncEnumerable" or "IOrderedAsyncEnumerable",
        };
}
