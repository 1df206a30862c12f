using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>
/// The middleware of an application in the order of its calls: of <c>WebApplication</c>, of <c>Startup.Configure</c>, of <c>IWebHostBuilder.Configure</c>; calls in methods of this code
/// base stand where those are called.
/// </summary>
/// <remarks>
/// What <c>WebApplication</c> adds itself is not among the steps, for it runs before all of them: routing, and authentication and authorization where their services are registered and
/// the application does not add them (https://learn.microsoft.com/aspnet/core/fundamentals/minimal-apis/webapplication); endpoints mapped on it run after all of them.
/// </remarks>
public sealed class PipelineModel
{
    private const int MostLevels = 4;
    private const int MostSteps = 400;

    private static readonly TreeWords HostHints = new("WebApplication", "IApplicationBuilder", ".Configure(");

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly EndpointModel _endpoints;
    private readonly ConcurrentDictionary<SyntaxNode, MemberPipelines> _members = new();

    // By the levels too: how far a search may go depends on where it began, and an answer must not depend on who asked first.
    private readonly ConcurrentDictionary<(PipelineKey Key, int Levels), ImmutableArray<HostPipeline>> _hosts = new();
    private readonly Lazy<ImmutableArray<HostPipeline>> _all;
    private readonly Lazy<RateLimits> _rateLimits;
    private readonly Lazy<CachedResponses> _cachedResponses;

    private PipelineModel(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _endpoints = endpoints;
        _all = BackendModel.Once(FindAll);
        _rateLimits = BackendModel.Once(() => new RateLimits(model));
        _cachedResponses = BackendModel.Once(() => new CachedResponses(model, endpoints));
    }

    /// <summary>The pipelines of the applications that this compilation starts; none in a class library.</summary>
    public ImmutableArray<HostPipeline> All => _all.Value;

    /// <summary>Where the application limits the rate of requests.</summary>
    public RateLimits RateLimits => _rateLimits.Value;

    /// <summary>Whether caches give away responses.</summary>
    public CachedResponses CachedResponses => _cachedResponses.Value;

    /// <summary>Returns the pipelines of a compilation, or null where ASP.NET Core is not referenced.</summary>
    internal static PipelineModel? In(BackendModel model) =>
        model.Libraries.AspNetCore is { ApplicationBuilder: not null } aspNetCore && model.Endpoints is { } endpoints ? new PipelineModel(model, aspNetCore, endpoints) : null;

    /// <summary>Returns the pipelines that a call is part of; empty where it is in a branch, or where it is not known what runs before it.</summary>
    public ImmutableArray<HostPipeline> With(SyntaxNode call)
    {
        if (_model.SemanticModelOf(call.SyntaxTree)?.GetOperation(call) is not IInvocationOperation operation)
            return ImmutableArray<HostPipeline>.Empty;
        return MemberOf(operation).KeyOf(call) is { } key ? HostsOf(key, MostLevels) : ImmutableArray<HostPipeline>.Empty;
    }

    private MemberPipelines MemberOf(IOperation operation)
    {
        var root = operation.Root();
        return _members.TryGetValue(root.Syntax, out var known) ? known : _members.GetOrAdd(root.Syntax, new MemberPipelines(root, _aspNetCore));
    }

    private ImmutableArray<HostPipeline> HostsOf(PipelineKey key, int levels)
    {
        if (_hosts.TryGetValue((key, levels), out var known))
            return known;
        var hosts = levels == 0 ? ImmutableArray<HostPipeline>.Empty
            : IsStart(key) ? ImmutableArray.Create(new HostPipeline(StepsOf(key)))
            : CallersOf(key) is { IsEmpty: false } callers ? ThatContain(callers, levels - 1)
            : ImmutableArray<HostPipeline>.Empty;
        return _hosts.GetOrAdd((key, levels), hosts);
    }

    private ImmutableArray<HostPipeline> ThatContain(ImmutableArray<PipelineKey> callers, int levels)
    {
        var hosts = ImmutableArray.CreateBuilder<HostPipeline>();
        foreach (var caller in callers)
        {
            var found = HostsOf(caller, levels);
            if (found.IsEmpty)
                return found;
            hosts.AddRange(found);
        }

        return hosts.ToImmutable();
    }

    /// <summary>The pipelines that call the function in which a builder is used: nothing known about it where one of them is not.</summary>
    private ImmutableArray<PipelineKey> CallersOf(PipelineKey key)
    {
        var keys = ImmutableArray.CreateBuilder<PipelineKey>();
        if (key.Builder is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } parameter && IsDeclaredIn(parameter, key.Function))
        {
            var calls = _endpoints.CallersOf(method);
            if (calls.IsDefaultOrEmpty)
                return ImmutableArray<PipelineKey>.Empty;
            foreach (var call in calls)
            {
                if (MemberOf(call).KeyOf(call.Syntax) is not { } caller)
                    return ImmutableArray<PipelineKey>.Empty;
                keys.Add(caller);
            }
        }
        else if (key.Function is LocalFunctionStatementSyntax && _model.SemanticModelOf(key.Function.SyntaxTree) is { } semantics
                 && semantics.GetDeclaredSymbol(key.Function) is IMethodSymbol local && semantics.GetOperation(key.Function) is { } declaration)
        {
            foreach (var function in MemberOf(declaration).FunctionsThatCall(local))
                keys.Add(key with { Function = function });
        }

        return keys.ToImmutable();
    }

    /// <summary>True where the builder comes new into the function: nothing has been called on it before.</summary>
    private bool IsStart(PipelineKey key)
    {
        switch (key.Builder)
        {
            case ILocalSymbol local:
                return IsDeclaredIn(local, key.Function) && ValueOf(local) is { } value && IsNew(value);
            case SyntaxNode made:
                return _model.SemanticModelOf(made.SyntaxTree)?.GetOperation(made) is { } operation && IsNew(operation);
            case IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter when IsDeclaredIn(parameter, key.Function):
                return method.MethodKind is MethodKind.AnonymousFunction ? IsConfigure(key.Function) : IsStartup(method);
            default:
                return false;
        }
    }

    private IOperation? ValueOf(ILocalSymbol local)
    {
        var declaration = local.DeclaringSyntaxReferences[0].GetSyntax();
        return _model.SemanticModelOf(declaration.SyntaxTree)?.GetOperation(declaration) is { } operation ? LocalValues.Around(operation).OnlyValueOf(local)?.UnwrapAwait() : null;
    }

    // builder.Build(), WebApplication.Create(), or a method of this code base that returns one and calls nothing on it.
    private bool IsNew(IOperation value) =>
        value is IInvocationOperation { TargetMethod: var method } call
        && method.ReturnType.UnwrapTask().IsOrDerivesFrom(_aspNetCore.WebApplication)
        && (AuthorizationAttributes.IsFramework(method)
            ? method.Name is "Build" or "Create"
            : MemberOf(call).BuilderIn(call) is null && !method.IsVirtual && !method.IsAbstract && _model.BodyOf(method) is { } body && !MemberOf(body).Keys.Any());

    private static bool IsStartup(IMethodSymbol method) =>
        method.Name.StartsWith("Configure", StringComparison.Ordinal)
        && method is { DeclaredAccessibility: Accessibility.Public, ReturnsVoid: true, IsOverride: false, IsExtensionMethod: false, ContainingType: { Name: var type, AllInterfaces.IsEmpty: true } }
        && type.StartsWith("Startup", StringComparison.Ordinal)
        && method.Parameters.Any(static parameter => parameter.Type is { Name: "IApplicationBuilder" });

    /// <summary>True for the lambda of <c>IWebHostBuilder.Configure</c>.</summary>
    private bool IsConfigure(SyntaxNode lambda)
    {
        var operation = _model.SemanticModelOf(lambda.SyntaxTree)?.GetOperation(lambda);
        return operation?.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Configure" } method } }
            && AuthorizationAttributes.IsFramework(method)
            && (method.ReducedFrom ?? method).Parameters[0].Type.Name == "IWebHostBuilder";
    }

    private static bool IsDeclaredIn(ISymbol variable, SyntaxNode function)
    {
        for (var node = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(); node is not null; node = node.Parent)
        {
            if (node == function)
                return true;
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return false;
        }

        return false;
    }

    private List<PipelineStep> StepsOf(PipelineKey key)
    {
        var steps = new List<PipelineStep>();
        AddSteps(key, ImmutableArray<IInvocationOperation>.Empty, steps);
        return steps;
    }

    private void AddSteps(PipelineKey key, ImmutableArray<IInvocationOperation> path, List<PipelineStep> steps)
    {
        if (_model.SemanticModelOf(key.Function.SyntaxTree)?.GetOperation(key.Function) is not { } function)
            return;
        foreach (var call in MemberOf(function).CallsOn(key))
        {
            var inner = path.Add(call);
            if (steps.Count >= MostSteps)
                return;
            if (InnerOf(call, key, function) is not { } followed)
                steps.Add(new PipelineStep(KindOf(call, function), inner));
            else if (path.Length < MostLevels)
                AddSteps(followed, inner, steps);
            else
                steps.Add(new PipelineStep(Middleware.Unknown, inner));
        }
    }

    /// <summary>The calls that a method of this code base makes on the builder, or null where it is none or cannot be read.</summary>
    private PipelineKey? InnerOf(IInvocationOperation call, PipelineKey key, IOperation function)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsVirtual || _model.BodyOf(method) is null)
            return null;
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        if (ParameterOf(call, function) is not { } parameter)
            return method.MethodKind is MethodKind.LocalFunction ? key with { Function = declaration } : null;
        return MayAddMiddleware(parameter.Type) && parameter.Ordinal < method.Parameters.Length ? new PipelineKey(declaration, method.Parameters[parameter.Ordinal]) : null;
    }

    private Middleware KindOf(IInvocationOperation call, IOperation function)
    {
        if (call.TargetMethod.MethodKind is not MethodKind.LocalFunction && ParameterOf(call, function) is { } parameter && !MayAddMiddleware(parameter.Type))
            return parameter.Type.IsOrImplements(_aspNetCore.EndpointRouteBuilder) ? Middleware.Mapping : Middleware.Other;
        return MiddlewareCalls.Of(call, _aspNetCore);
    }

    /// <summary>The parameter that gets the builder; null where it is the instance of the call, or no argument.</summary>
    private IParameterSymbol? ParameterOf(IInvocationOperation call, IOperation function) =>
        MemberOf(function).BuilderIn(call) is { } builder && builder != call.Instance
            ? call.Arguments.First(argument => argument.Value == builder).Parameter
            : null;

    private bool MayAddMiddleware(ITypeSymbol type) =>
        type is ITypeParameterSymbol or { SpecialType: SpecialType.System_Object } || type.IsOrImplements(_aspNetCore.ApplicationBuilder);

    private ImmutableArray<HostPipeline> FindAll()
    {
        var hosts = ImmutableArray.CreateBuilder<HostPipeline>();
        foreach (var tree in _model.Trees)
        {
            if (!HostHints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            var seen = new HashSet<MemberPipelines>();
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } || !IsPipelineName(name)
                    || semantics.GetOperation(node) is not IInvocationOperation call || MemberOf(call) is not { } member || !seen.Add(member))
                {
                    continue;
                }

                foreach (var key in member.Keys)
                {
                    if (IsStart(key))
                        hosts.AddRange(HostsOf(key, MostLevels));
                }
            }
        }

        return hosts.ToImmutable();
    }

    private static bool IsPipelineName(string name) =>
        name.StartsWith("Use", StringComparison.Ordinal) || name.StartsWith("Map", StringComparison.Ordinal) || name.StartsWith("Run", StringComparison.Ordinal);
}
