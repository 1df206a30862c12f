using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The entry points of the application: controller actions, minimal API endpoints, Razor pages, hubs and gRPC services.</summary>
public sealed class EndpointModel
{
    private const int MostCallers = 16;

    private readonly BackendModel _model;
    private readonly AuthorizationAttributes _attributes;
    private readonly MappedEndpoints _mapped;
    private readonly Lazy<AppAuthorization> _authorization;
    private readonly Lazy<ImmutableArray<IInvocationOperation>> _calls;
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IInvocationOperation>> _callers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _handlers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, Endpoint> _ownActions = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<IInvocationOperation>> _callsOfTrees = new();
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<IInvocationOperation>> _callsOfTypes = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ILookup<ISymbol?, IInvocationOperation>> _callsByFunction;

    private EndpointModel(BackendModel model, AspNetCore aspNetCore)
    {
        _model = model;
        Controllers = new Controllers(model.Compilation, aspNetCore);
        Checks = new SourceChecks(model, aspNetCore);
        _attributes = new AuthorizationAttributes(model, aspNetCore, Checks);
        Builders = new RouteBuilders(model, aspNetCore, _attributes, Referenced = BackendModel.Once(() => new ReferencedAuthorization(model)));
        Dependencies = new EndpointDependencies(model, aspNetCore);
        _mapped = new MappedEndpoints(aspNetCore, Builders, _attributes);
        Pages = new RazorPages(model, aspNetCore, this, _attributes);
        MappedTypes = new MappedTypes(model, aspNetCore, this, _attributes);
        _authorization = BackendModel.Once(() => new AppAuthorization(model, aspNetCore, this, _attributes));
        RequestValues = new RequestValues(model, aspNetCore, this);
        Limited = new LimitedEndpoints(model, this);
        Credentials = new CredentialEndpoints(model);
        Answers = new EndpointAnswers(this);
        EntityBinding = new EntityBinding(model);
        Payloads = new Payloads();
        SensitiveMembers = new SensitiveMembers(model);
        IssuedSecrets = new IssuedSecrets(model, this);
        RequestContracts = new RequestContracts(this);
        RequestCode = new RequestCode(model, aspNetCore, this);
        _calls = BackendModel.Once(() => model.Trees.SelectMany(MapCallsOf).ToImmutableArray());
        _callsByFunction = BackendModel.Once(() => MapCallsInSource.ToLookup(static call => (ISymbol?)MappedEndpoints.FunctionOf(call)?.OriginalDefinition, SymbolEqualityComparer.Default));
    }

    /// <summary>Controllers and their actions.</summary>
    public Controllers Controllers { get; }

    /// <summary>Razor pages and their handlers.</summary>
    public RazorPages Pages { get; }

    /// <summary>SignalR hubs and gRPC services.</summary>
    public MappedTypes MappedTypes { get; }

    /// <summary>Authorization that handlers do themselves.</summary>
    public SourceChecks Checks { get; }

    /// <summary>Numbers that callers of the application choose.</summary>
    public RequestValues RequestValues { get; }

    /// <summary>Which endpoints a limiter may cover.</summary>
    public LimitedEndpoints Limited { get; }

    /// <summary>Endpoints at which passwords can be tried.</summary>
    public CredentialEndpoints Credentials { get; }

    /// <summary>What endpoints answer with.</summary>
    public EndpointAnswers Answers { get; }

    /// <summary>Entities that requests fill.</summary>
    public EntityBinding EntityBinding { get; }

    /// <summary>The types of what endpoints answer with.</summary>
    public Payloads Payloads { get; }

    /// <summary>Secrets among what endpoints answer with.</summary>
    internal SensitiveMembers SensitiveMembers { get; }

    /// <summary>Secrets that endpoints are there to hand out.</summary>
    internal IssuedSecrets IssuedSecrets { get; }

    /// <summary>Which code runs while a request is answered.</summary>
    public RequestCode RequestCode { get; }

    /// <summary>What requests fill.</summary>
    public RequestContracts RequestContracts { get; }

    /// <summary>The methods and lambdas that answer requests: actions, and handlers of minimal APIs.</summary>
    public IEnumerable<IMethodSymbol> Handlers
    {
        get
        {
            foreach (var controller in Controllers.All)
            {
                foreach (var action in Controllers.ActionsOf(controller))
                    yield return action;
            }

            foreach (var call in MapCallsInSource)
            {
                if (MappedEndpoints.FunctionOf(call) is { } handler)
                    yield return handler;
            }
        }
    }

    /// <summary>True for a method or lambda among <see cref="Handlers"/>; binds only the files that may map it.</summary>
    public bool IsHandler(IMethodSymbol function)
    {
        function = function.OriginalDefinition;
        return _handlers.TryGetValue(function, out var known) ? known : _handlers.GetOrAdd(function, IsAction(function) || IsMapped(function));
    }

    /// <summary>What holds for the whole application: fallback policy, global filters, whether it uses authorization at all.</summary>
    public AppAuthorization Authorization => _authorization.Value;

    /// <summary>Every minimal API call of this compilation, in the order of its files.</summary>
    public IReadOnlyList<IInvocationOperation> MapCallsInSource => _calls.Value;

    /// <summary>Returns the minimal API calls that map a method or lambda.</summary>
    public IEnumerable<IInvocationOperation> MapCallsOf(IMethodSymbol function) => _callsByFunction.Value[function.OriginalDefinition];

    /// <summary>What endpoint types and handlers take.</summary>
    public EndpointDependencies Dependencies { get; }

    /// <summary>The types whose code maps minimal API endpoints; the implicit <c>Program</c> of top-level statements is one.</summary>
    public IEnumerable<INamedTypeSymbol> TypesWithMapCalls => MapCallsInSource.Select(TypeAround).OfType<INamedTypeSymbol>().Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    internal RouteBuilders Builders { get; }

    internal Lazy<ReferencedAuthorization> Referenced { get; }

    internal AuthorizationAttributes Attributes => _attributes;

    /// <summary>Returns the endpoints of a compilation, or null where ASP.NET Core is not referenced.</summary>
    internal static EndpointModel? In(BackendModel model) =>
        model.Libraries.AspNetCore is { } aspNetCore ? new EndpointModel(model, aspNetCore) : null;

    /// <summary>Every endpoint of this compilation.</summary>
    public IEnumerable<Endpoint> All =>
        Controllers.All.SelectMany(Of).Concat(MapCallsInSource.Select(_mapped.EndpointOf))
            .Concat(MappedTypes.All.SelectMany(type => MappedTypes.MethodsOf(type).Select(method => MappedTypes.MethodOf(method, type))));

    /// <summary>Returns the actions of a controller as endpoints, inherited ones included.</summary>
    public IEnumerable<Endpoint> Of(INamedTypeSymbol controller)
    {
        foreach (var action in Controllers.ActionsOf(controller))
            yield return ActionOf(action, controller);
    }

    /// <summary>Returns what attributes say about an action of a controller; asks less than <see cref="ActionOf"/>.</summary>
    public AuthorizationStance StanceOf(IMethodSymbol action, INamedTypeSymbol controller) => _attributes.On(controller).And(_attributes.On(action));

    /// <summary>Returns an action of a controller (its own or an inherited one) as endpoint.</summary>
    public Endpoint ActionOf(IMethodSymbol action, INamedTypeSymbol controller)
    {
        if (!SymbolEqualityComparer.Default.Equals(action.ContainingType, controller))
            return MakeAction(action, controller);
        return _ownActions.TryGetValue(action, out var known) ? known : _ownActions.GetOrAdd(action, MakeAction(action, controller));
    }

    /// <summary>
    /// Returns the contradiction in what a call maps, or in what it says of pages by their address: they are closed and open at once. Null for any other call.
    /// </summary>
    public Contradiction? ContradictionAt(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (name.StartsWith("Map", StringComparison.Ordinal))
            return RouteBuilders.IsMapping(call.TargetMethod) ? Contradiction.Of(StanceCalls.On(call), _attributes) : null;
        return PageConvention.IsName(name) && Pages.Conventions.OpeningOf(call) is { } opening
            ? new Contradiction(call, ImmutableArray.Create(call), ImmutableArray.Create(opening))
            : null;
    }

    /// <summary>Returns what groups and conventions say about what a <c>Map…</c> call maps, attributes left out.</summary>
    internal AuthorizationStance StanceOfMapping(IInvocationOperation mapping) =>
        (mapping.Receiver() is { } receiver ? Builders.Of(receiver).Stance : AuthorizationStance.None).And(Builders.ConventionsOn(mapping));

    /// <summary>Returns the minimal API endpoint that a call maps, or null for any other call.</summary>
    public Endpoint? MappedBy(IInvocationOperation call) => _mapped.Contain(call) ? _mapped.EndpointOf(call) : null;

    /// <summary>True for a call that maps a minimal API endpoint; asks less than <see cref="MappedBy"/>.</summary>
    public bool IsMapCall(IInvocationOperation call) => _mapped.Contain(call);

    /// <summary>Returns the call that maps a lambda to a minimal API endpoint, or null where it is another lambda.</summary>
    public IInvocationOperation? MapCallOf(IAnonymousFunctionOperation lambda) =>
        lambda.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation call } && IsMapCall(call) ? call : null;

    /// <summary>Returns the minimal API calls that the code of a type makes, in the order of its files.</summary>
    public IReadOnlyList<IInvocationOperation> MapCallsIn(INamedTypeSymbol type) => _callsOfTypes.TryGetValue(type, out var known) ? known : _callsOfTypes.GetOrAdd(type, FindMapCallsIn);

    /// <summary>Returns the calls of a method, also through the interface members that it implements; default where there are too many, or others may call it.</summary>
    internal ImmutableArray<IInvocationOperation> CallersOf(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        return _callers.TryGetValue(method, out var known) ? known : _callers.GetOrAdd(method, CallersInSource.Of(method, _model, MostCallers));
    }

    private bool IsAction(IMethodSymbol method)
    {
        if (!Controllers.IsAction(method))
            return false;
        foreach (var controller in Controllers.All)
        {
            if (controller.IsOrDerivesFrom(method.ContainingType) && Controllers.ActionsOf(controller).Any(action => SymbolEqualityComparer.Default.Equals(action.OriginalDefinition, method)))
                return true;
        }

        return false;
    }

    /// <summary>A lambda is mapped where it stands, a method where its name is written without a call.</summary>
    private bool IsMapped(IMethodSymbol function)
    {
        var trees = function.MethodKind is MethodKind.AnonymousFunction
            ? function.DeclaringSyntaxReferences.Select(static declaration => declaration.SyntaxTree)
            : _model.Mentions.Of(function.Name).Where(static name => name.InvocationOf() is null).Select(static name => name.SyntaxTree);
        return trees.Distinct().Any(tree => MapCallsOf(tree).Any(call => SymbolEqualityComparer.Default.Equals(MappedEndpoints.FunctionOf(call)?.OriginalDefinition, function)));
    }

    /// <summary>Only the files of the type are bound: in an editor nobody may need those of the others.</summary>
    private ImmutableArray<IInvocationOperation> FindMapCallsIn(INamedTypeSymbol type) =>
        type.DeclarationsByPlace().Select(static declaration => declaration.SyntaxTree).Distinct().SelectMany(MapCallsOf)
            .Where(call => SymbolEqualityComparer.Default.Equals(TypeAround(call), type)).ToImmutableArray();

    private static INamedTypeSymbol? TypeAround(IInvocationOperation call) => call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart)?.ContainingType;

    private Endpoint MakeAction(IMethodSymbol action, INamedTypeSymbol controller)
    {
        var own = Controllers.RoutesOn(action).FirstOrDefault();
        var prefix = Controllers.RoutesOn(controller).FirstOrDefault();
        var words = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        EndpointNames.AddSegments(own, words);
        EndpointNames.AddSegments(prefix, words);
        words.Add(NameWords.Of(action.Name));
        if (IsSignUp(action, controller))
            words.Add(ImmutableArray.Create("register"));
        words.Add(NameWords.Of(Controllers.NameOf(controller)));
        return new Endpoint(
            EndpointKind.Action,
            action.Name,
            action,
            Controllers.VerbsOf(action),
            RouteOf(prefix, own, action, controller),
            StanceOf(action, controller),
            action.Locations.FirstOrDefault(static location => location.IsInSource) ?? Location.None,
            words.ToImmutable());
    }

    // POST /users beside POST /users/login: people register there.
    private bool IsSignUp(IMethodSymbol action, INamedTypeSymbol controller) =>
        NameWords.Of(action.Name) is [ "create" or "post" or "add" or "new", ..]
        && NameWords.Of(Controllers.NameOf(controller)) is ["user" or "users" or "account" or "accounts" or "auth" or "identity"]
        && Controllers.ActionsOf(controller).Any(static other => NameWords.Of(other.Name) is ["login" or "authenticate" or "token", ..] or ["log" or "sign", "in", ..]);

    private static string? RouteOf(string? prefix, string? own, IMethodSymbol action, INamedTypeSymbol controller)
    {
        if (own is null && prefix is null)
            return null;
        var route = own is ['/' or '~', ..] ? own.TrimStart('~') : (prefix?.TrimEnd('/') + "/" + own).TrimEnd('/');
        return "/" + route.TrimStart('/').Replace("[controller]", Controllers.NameOf(controller)).Replace("[action]", action.Name);
    }

    private IEnumerable<IInvocationOperation> MapCallsOf(SyntaxTree tree) => _callsOfTrees.TryGetValue(tree, out var known) ? known : _callsOfTrees.GetOrAdd(tree, FindMapCallsOf);

    private ImmutableArray<IInvocationOperation> FindMapCallsOf(SyntaxTree tree)
    {
        if (!MappedEndpoints.Calls.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
            return ImmutableArray<IInvocationOperation>.Empty;
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var name } } } invocation
                && MappedEndpoints.IsMapName(name)
                && semantics.GetOperation(invocation) is IInvocationOperation call && _mapped.Contain(call))
            {
                calls.Add(call);
            }
        }

        return calls.ToImmutable();
    }
}
