using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>A place at which a retry runs.</summary>
/// <param name="Call">The call that executes it, or the call that puts it into an HTTP client.</param>
/// <param name="IsHttpClient">True where it runs for the requests of an HTTP client.</param>
/// <param name="IsEndedAround">True where something between the retry and this place ends it, or may.</param>
public sealed record PolicyUse(IInvocationOperation Call, bool IsHttpClient, bool IsEndedAround);

/// <summary>Where a retry is used: the value of the policy followed through locals, fields, methods, wraps, pipelines and registrations.</summary>
public sealed class PolicyUses
{
    private const int MostSteps = 256;
    private const int MostCallers = 32;

    private readonly BackendModel _model;
    private readonly CancellationToken _cancellation;
    private readonly ImmutableArray<PolicyUse>.Builder _all = ImmutableArray.CreateBuilder<PolicyUse>();
    private readonly Stack<(IOperation Value, bool IsEnded)> _pending = new();
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _followedEnded = new(SymbolEqualityComparer.Default);

    private PolicyUses(BackendModel model, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
    }

    /// <summary>The uses that were found.</summary>
    public ImmutableArray<PolicyUse> All { get; private set; } = ImmutableArray<PolicyUse>.Empty;

    /// <summary>True where the policy also goes where nobody can see it.</summary>
    public bool LeavesSight { get; private set; }

    /// <summary>Returns where a retry is used.</summary>
    public static PolicyUses Of(RetryPolicy policy, BackendModel model, CancellationToken cancellation)
    {
        var uses = new PolicyUses(model, cancellation);
        uses._pending.Push((policy.Operation, false));
        for (var steps = 0; uses._pending.Count > 0; steps++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (steps > MostSteps)
            {
                uses.LeavesSight = true;
                break;
            }

            var (value, isEnded) = uses._pending.Pop();
            uses.Follow(value.WithConversions(), isEnded);
        }

        uses.All = uses._all.ToImmutable();
        return uses;
    }

    private void Follow(IOperation value, bool isEnded)
    {
        if (PolicyFlow.StoreOf(value) is { } store)
        {
            FollowSymbol(store, value, isEnded);
            return;
        }

        if (PolicyFlow.ReturnerOf(value) is { } returner)
        {
            FollowResult(returner, value, isEnded);
            return;
        }

        switch (value.Parent)
        {
            case IArgumentOperation { Parent: IInvocationOperation call } argument:
                FollowArgument(call, argument, value, isEnded);
                break;
            case IInvocationOperation call when call.Instance == value:
                FollowCall(call, value, isEnded);
                break;
            case IArrayInitializerOperation { Parent: IArrayCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Wrap" or "WrapAsync" } wrap } } }:
                FollowWrap(wrap, value, isEnded);
                break;
            case IConditionalOperation choice when choice.Condition != value:
                _pending.Push((choice, isEnded));
                break;
            case IConditionalAccessOperation access when access.Operation == value:
                LeavesSight = true;
                break;
            case IExpressionStatementOperation or INameOfOperation or IAwaitOperation:
            case ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Target == value:
                break;
            default:
                LeavesSight = true;
                break;
        }
    }

    private void FollowCall(IInvocationOperation call, IOperation value, bool isEnded)
    {
        var name = call.TargetMethod.Name;
        if (name.StartsWith("Execute", StringComparison.Ordinal))
            _all.Add(new PolicyUse(call, IsHttpClient: false, isEnded));
        else if (name is "Wrap" or "WrapAsync")
            FollowWrap(call, value, isEnded);
        else if (name is "AsAsyncPolicy" or "AsPolicy" or "WithPolicyKey" or "Build" or "AsPipeline")
            _pending.Push((call, isEnded));
        else if (name is "ToString" or "GetHashCode" or "Equals" or "GetType")
            return;
        else
            LeavesSight = true;
    }

    private void FollowArgument(IInvocationOperation call, IArgumentOperation argument, IOperation value, bool isEnded)
    {
        var method = call.TargetMethod;
        if (method.Name is "AddRetry" && _model.Libraries.Polly!.IsRetryOptions(value.Type))
            FollowPipeline(call, isEnded);
        else if (method.IsExtensionMethod && argument.Parameter?.Ordinal == 0)
            FollowCall(call, value, isEnded);
        else if (method.Name is "Wrap" or "WrapAsync")
            FollowWrap(call, value, isEnded);
        else if (method.Name is "AddPolicyHandler" or "AddTransientHttpErrorPolicy")
            _all.Add(new PolicyUse(call, IsHttpClient: true, isEnded || HttpClientTimeouts.EndBefore(call, _model)));
        else if (_model.BodyOf(method, _cancellation) is { } body && argument.Parameter is { RefKind: RefKind.None } && !method.IsVirtual && !method.IsAbstract)
            FollowSymbol(method.OriginalDefinition.Parameters[argument.Parameter.Ordinal], body, isEnded);
        else
            LeavesSight = true;
    }

    /// <summary>A timeout around ends the retry; a breaker or fallback inside may.</summary>
    private void FollowWrap(IInvocationOperation wrap, IOperation value, bool isEnded)
    {
        var parts = PolicyKinds.PartsOf(wrap);
        var own = parts.IndexOf(value);
        for (var i = 0; i < parts.Length; i++)
        {
            foreach (var kind in i == own ? ImmutableArray<PolicyKind>.Empty : PolicyKinds.Of(parts[i], _model))
                isEnded |= kind is PolicyKind.Unknown || (i < own ? kind is PolicyKind.Timeout : kind is PolicyKind.Deciding);
        }

        _pending.Push((wrap, isEnded || own < 0));
    }

    private void FollowPipeline(IInvocationOperation addRetry, bool isEnded)
    {
        if (PipelineParts.Around(addRetry, _model) is not { } parts)
        {
            LeavesSight = true;
            return;
        }

        isEnded |= parts.MayEndRetry;
        foreach (var build in parts.Builds)
            _pending.Push((build, isEnded));
        if (parts.Configures is not { } lambda)
            return;
        switch (lambda.WithConversions().Parent)
        {
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "AddResilienceHandler" } call }:
                _all.Add(new PolicyUse(call, IsHttpClient: true, isEnded || HttpClientTimeouts.EndBefore(call, _model)));
                break;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "GetOrAddPipeline" } call }:
                _pending.Push((call, isEnded));
                break;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "AddResiliencePipeline" } call } when call.Argument("key")?.ConstantValue is { HasValue: true, Value: { } key }:
                FollowKey(key, isEnded);
                break;
            default:
                LeavesSight = true;
                break;
        }
    }

    /// <summary>The calls that take the pipeline out of the registry under its key.</summary>
    private void FollowKey(object key, bool isEnded)
    {
        // Another project may take it out as well, and keyed services hand it out too.
        LeavesSight = true;
        foreach (var name in _model.Mentions.Of("GetPipeline"))
        {
            if (name.Parent?.Parent is { } node && _model.SemanticModelOf(name.SyntaxTree)?.GetOperation(node, _cancellation) is IInvocationOperation call
                && call.Argument("key")?.ConstantValue is { HasValue: true, Value: var other } && key.Equals(other))
            {
                _pending.Push((call, isEnded));
            }
        }
    }

    private void FollowResult(IOperation returner, IOperation value, bool isEnded)
    {
        if (returner is IAnonymousFunctionOperation lambda)
        {
            if (lambda.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "AddPolicyHandler" or "AddTransientHttpErrorPolicy" } call })
                _all.Add(new PolicyUse(call, IsHttpClient: true, isEnded || HttpClientTimeouts.EndBefore(call, _model)));
            else
                LeavesSight = true;
            return;
        }

        var member = returner is ILocalFunctionOperation function ? function.Symbol : value.MemberAround(_cancellation);
        if (member is IMethodSymbol { AssociatedSymbol: IPropertySymbol property })
            FollowSymbol(property, value, isEnded);
        else if (member is IMethodSymbol method && method.Name.Length > 0)
            FollowCallers(method, isEnded);
        else
            LeavesSight = true;
    }

    private void FollowCallers(IMethodSymbol method, bool isEnded)
    {
        if (!IsFirstVisit(method, isEnded))
            return;
        LeavesSight |= IsVisibleOutside(method);
        var calls = CallersInSource.Of(method, _model, MostCallers);
        if (calls.IsDefault)
        {
            LeavesSight = true;
            return;
        }

        foreach (var call in calls)
            _pending.Push((call, isEnded));
    }

    private void FollowSymbol(ISymbol symbol, IOperation around, bool isEnded)
    {
        if (!IsFirstVisit(symbol, isEnded))
            return;
        if (symbol is ILocalSymbol or IParameterSymbol)
        {
            foreach (var reference in LocalValues.Around(around).ReferencesTo(symbol))
            {
                if (!reference.IsWritten())
                    _pending.Push((reference, isEnded));
            }

            return;
        }

        LeavesSight |= IsVisibleOutside(symbol);
        foreach (var name in _model.Mentions.Of(symbol.Name))
        {
            if (_model.SemanticModelOf(name.SyntaxTree) is not { } semantics || !SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, _cancellation).Symbol?.OriginalDefinition, symbol.OriginalDefinition))
                continue;
            var node = name.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name;
            if (semantics.GetOperation(node, _cancellation) is not { } reference)
                LeavesSight = true;
            else if (!reference.IsWritten())
                _pending.Push((reference, isEnded));
        }
    }

    private bool IsFirstVisit(ISymbol symbol, bool isEnded) => (isEnded ? _followedEnded : _followed).Add(symbol.OriginalDefinition);

    private static bool IsVisibleOutside(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal || current is IMethodSymbol { MethodKind: MethodKind.LocalFunction })
                return false;
        }

        return true;
    }
}
