using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>The calls on one application builder in one method, local function or lambda.</summary>
/// <param name="Function">The declaration of the method (for top-level statements the compilation unit), the local function or the lambda.</param>
/// <param name="Builder">The local, parameter or member that holds the builder; the call itself where the builder is used right where it is made.</param>
internal readonly record struct PipelineKey(SyntaxNode Function, object Builder);

/// <summary>The calls on application builders in one member, its local functions and lambdas included, by builder. Computed in one linear walk.</summary>
internal sealed class MemberPipelines
{
    private const int MostAliases = 8;

    private readonly AspNetCore _aspNetCore;
    private readonly Dictionary<IOperation, object?> _builders = [];
    private readonly Dictionary<PipelineKey, List<IInvocationOperation>> _calls = [];
    private readonly Dictionary<SyntaxNode, PipelineKey> _keys = [];
    private readonly Dictionary<SyntaxNode, List<IInvocationOperation>> _localCalls = [];

    public MemberPipelines(IOperation root, AspNetCore aspNetCore)
    {
        _aspNetCore = aspNetCore;
        var pending = new Stack<(IOperation Operation, SyntaxNode Function)>();
        pending.Push((root, root.Syntax));
        while (pending.Count > 0)
        {
            var (operation, function) = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                function = operation.Syntax;
            else if (operation is IInvocationOperation call)
                Add(call, function);
            foreach (var child in operation.ChildOperations)
                pending.Push((child, function));
        }

        foreach (var calls in _calls.Values.Concat(_localCalls.Values))
            calls.Sort(static (one, other) => PositionOf(one).CompareTo(PositionOf(other)));
    }

    /// <summary>The builders that this member calls anything on.</summary>
    public IEnumerable<PipelineKey> Keys => _calls.Keys;

    /// <summary>Returns whose pipeline a call belongs to, or null where that is not known.</summary>
    public PipelineKey? KeyOf(SyntaxNode call) => _keys.TryGetValue(call, out var key) ? key : null;

    /// <summary>Returns the calls on a builder in one function, in the order of the source; calls of local functions, which may use it too, are among them.</summary>
    public IEnumerable<IInvocationOperation> CallsOn(PipelineKey key)
    {
        var calls = _calls.TryGetValue(key, out var own) ? own : [];
        return _localCalls.TryGetValue(key.Function, out var local) ? calls.Concat(local).OrderBy(PositionOf) : calls;
    }

    /// <summary>Returns the calls of a local function that does not get the builder as argument, with the functions they stand in.</summary>
    public IEnumerable<SyntaxNode> FunctionsThatCall(IMethodSymbol localFunction)
    {
        foreach (var pair in _localCalls)
        {
            if (pair.Value.Any(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, localFunction)))
                yield return pair.Key;
        }
    }

    /// <summary>Returns the argument (or instance) of a call that is an application builder, or null.</summary>
    public IOperation? BuilderIn(IInvocationOperation call)
    {
        if (call.Instance is { } instance && IsBuilder(instance))
            return instance;
        foreach (var argument in call.Arguments)
        {
            if (IsBuilder(argument.Value))
                return argument.Value;
        }

        return null;
    }

    private void Add(IInvocationOperation call, SyntaxNode function)
    {
        if (BuilderIn(call) is { } builder)
        {
            if (KeyOfBuilder(builder) is not { } holder)
                return;
            var key = new PipelineKey(function, holder);
            _keys[call.Syntax] = key;
            Add(_calls, key, call);
        }
        else if (call.TargetMethod.MethodKind is MethodKind.LocalFunction)
        {
            Add(_localCalls, function, call);
        }
    }

    private object? KeyOfBuilder(IOperation builder)
    {
        var passed = new List<IOperation>();
        object? found = null;
        for (var aliases = 0; aliases < MostAliases;)
        {
            builder = builder.UnwrapAwait();
            if (_builders.TryGetValue(builder, out var known))
            {
                found = known;
                break;
            }

            passed.Add(builder);
            if (builder is ILocalReferenceOperation { Local: var local })
            {
                aliases++;
                if (LocalValues.Around(builder).OnlyValueOf(local)?.UnwrapAwait() is not { } value || !LeadsOn(value))
                {
                    found = local;
                    break;
                }

                builder = value;
            }
            else if (builder is IInvocationOperation call && BuilderIn(call) is { } receiver)
            {
                // A builder made from another one is a branch.
                if (call.TargetMethod.Name == "New")
                    break;
                builder = receiver;
            }
            else
            {
                found = builder switch
                {
                    IParameterReferenceOperation { Parameter: var parameter } => parameter,
                    IMemberReferenceOperation { Member: var member } => member,
                    IInvocationOperation => builder.Syntax,
                    _ => null,
                };
                break;
            }
        }

        foreach (var operation in passed)
            _builders[operation] = found;
        return found;
    }

    private bool LeadsOn(IOperation value) =>
        IsBuilder(value) && (value is ILocalReferenceOperation or IParameterReferenceOperation || (value is IInvocationOperation call && BuilderIn(call) is not null));

    private bool IsBuilder(IOperation value) => value.UnwrapAwait().Type.IsOrImplements(_aspNetCore.ApplicationBuilder);

    private static int PositionOf(IInvocationOperation call) => call.Syntax.MemberName().SpanStart;

    private static void Add<TKey>(Dictionary<TKey, List<IInvocationOperation>> lists, TKey key, IInvocationOperation call)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        list.Add(call);
    }
}
