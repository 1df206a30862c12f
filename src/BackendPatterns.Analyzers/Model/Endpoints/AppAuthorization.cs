using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// What the application says about authorization in one place for all endpoints. Found by the text of the trees first; only hits are bound.
/// Every property answers "yes" also where something relevant could not be read, except <see cref="IsUsed"/> and those about the host.
/// </summary>
public sealed class AppAuthorization
{
    private static readonly TreeWords Hints = new(
        "FallbackPolicy", "AuthorizeFilter", "Filters.Add", "Filters.Insert", "Conventions.Add", "Conventions.Insert", "MapControllers", "ControllerRoute", "UseMvc", "UseEndpoints",
        "WebApplication", "AddAuthentication", "AddIdentity", "AddDefaultIdentity", "AddPolicy", "RequireAuthorization", "AuthorizePage", "AuthorizeFolder", "AuthorizeArea", "MapIdentityApi");

    private static readonly TreeWords RegistrationHints = new("IServiceCollection", "WebApplication", "IHostApplicationBuilder");

    private static readonly TreeWords AttributeHints = new("Authorize", "AllowAnonymous");

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly EndpointModel _endpoints;
    private readonly AuthorizationAttributes _attributes;
    private readonly Lazy<bool> _middleware;
    private readonly Lazy<bool> _isUsed;
    private readonly Lazy<bool> _callsSilentProject;
    private AuthorizationStance _fallback;
    private AuthorizationStance _globalFilters;
    private AuthorizationStance? _controllerMappings;
    private bool _mapsControllers;
    private bool _createsApplication;
    private bool _registers;
    private bool _requires;

    internal AppAuthorization(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints, AuthorizationAttributes attributes)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _endpoints = endpoints;
        _attributes = attributes;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Hints.AnyIn(tree, CancellationToken.None) && model.SemanticModelOf(tree) is { } semantics)
                Read(tree.GetRoot(), semantics);
        }

        _middleware = BackendModel.Once(() => AuthorizingMiddleware.IsIn(model, aspNetCore));
        _isUsed = BackendModel.Once(ComputeIsUsed);
        _callsSilentProject = BackendModel.Once(CallsSilentProject);
    }

    /// <summary>What a fallback policy says about every endpoint that says nothing itself; unknown where it is set under a condition.</summary>
    public AuthorizationStance OfFallback =>
        (Referenced & ProjectAuthorization.Fallback) != 0 ? AuthorizationStance.Authorized
        : _fallback is AuthorizationStance.None && _callsSilentProject.Value ? AuthorizationStance.Unknown
        : _fallback;

    /// <summary>True where a fallback policy covers every endpoint that says nothing itself: set here, in a referenced project, or perhaps in one of which nothing is known.</summary>
    public bool HasFallback => OfFallback is not AuthorizationStance.None;

    /// <summary>What global filters and MVC conventions say about all actions and pages; unknown where they may leave some out.</summary>
    public AuthorizationStance OfGlobalFilters =>
        _globalFilters.And((Referenced & ProjectAuthorization.GlobalFilter) != 0 ? AuthorizationStance.Unknown : AuthorizationStance.None);

    /// <summary>
    /// What global filters, MVC conventions and the calls that map the controllers say about all actions; unknown where they do not say the same.
    /// </summary>
    public AuthorizationStance OfControllers => OfGlobalFilters.And(_controllerMappings ?? AuthorizationStance.None);

    /// <summary>True where a global filter or an MVC convention covers all actions and pages.</summary>
    public bool HasGlobalFilter => OfGlobalFilters is not AuthorizationStance.None;

    /// <summary>True where a global filter, an MVC convention or the call that maps the controllers covers all actions.</summary>
    public bool CoversControllers => OfControllers is not AuthorizationStance.None;

    /// <summary>True where middleware of this application decides itself who may pass.</summary>
    public bool HasAuthorizingMiddleware => _middleware.Value || (Referenced & ProjectAuthorization.Middleware) != 0;

    /// <summary>True where the controllers are mapped here, so that conventions on them are known.</summary>
    public bool MapsControllers => _mapsControllers;

    /// <summary>True where the application is composed in this compilation.</summary>
    public bool HasHost => _createsApplication || _mapsControllers;

    /// <summary>
    /// True where the application authorizes at all: an authorize attribute, <c>RequireAuthorization</c>, registered authentication, a policy.
    /// Where only registrations say so, and others cannot be read (a fallback may be among them), the answer is no.
    /// </summary>
    public bool IsUsed => _isUsed.Value;

    private ProjectAuthorization Referenced => _endpoints.Referenced.Value.All;

    private bool ComputeIsUsed()
    {
        if (_requires || (Referenced & ProjectAuthorization.Used) != 0)
            return true;
        foreach (var controller in _endpoints.Controllers.All)
        {
            if (Controllers.AttributesOf(controller).Any(IsAuthorize) || _endpoints.Controllers.ActionsOf(controller).Any(action => Controllers.AttributesOf(action).Any(IsAuthorize)))
                return true;
        }

        var opensSome = false;
        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!AttributeHints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is not AttributeSyntax attribute || semantics.GetSymbolInfo(attribute).Symbol?.ContainingType is not { } type)
                    continue;
                if (type.IsOrImplements(_aspNetCore.AuthorizeData))
                    return true;
                opensSome |= type.IsOrImplements(_aspNetCore.AllowAnonymous);
            }
        }

        // Endpoints that are opened one by one where none is closed: something closes them that is not visible here.
        return _registers && !opensSome && !HasUnreadableRegistrations();
    }

    private bool IsAuthorize(AttributeData attribute) => attribute.AttributeClass.IsOrImplements(_aspNetCore.AuthorizeData);

    private void Read(SyntaxNode root, SemanticModel semantics)
    {
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call:
                    Read(call, member, semantics);
                    break;
                case AssignmentExpressionSyntax { Left: { } left, Right: not LiteralExpressionSyntax and var right } when NameOf(left) == "FallbackPolicy":
                    var isOption = semantics.GetSymbolInfo(left).Symbol is not { } policy || policy.ContainingType.IsOrDerivesFrom(_aspNetCore.AuthorizationOptions);
                    AddFallback(isOption, right is ConditionalExpressionSyntax || Conditions.StandOver(node));
                    break;
                case MethodDeclarationSyntax { Identifier.ValueText: "GetFallbackPolicyAsync" } provider:
                    AddFallback(BuildsPolicy(provider));
                    break;
                case IdentifierNameSyntax { Identifier.ValueText: "AuthorizeFilter" }:
                    // Somewhere a filter is made; where it goes, the calls of Add below say.
                    _globalFilters = _globalFilters.And(AuthorizationStance.Unknown);
                    break;
                case IdentifierNameSyntax { Identifier.ValueText: "WebApplication" }:
                    _createsApplication = true;
                    break;
            }
        }
    }

    private void Read(InvocationExpressionSyntax call, MemberAccessExpressionSyntax member, SemanticModel semantics)
    {
        var name = member.Name.Identifier.ValueText;
        switch (name)
        {
            case "SetFallbackPolicy" or "AddFallbackPolicy":
                AddFallback(semantics.GetSymbolInfo(call).Symbol is not { } setter || AuthorizationAttributes.IsFramework(setter), Conditions.StandOver(call));
                break;
            case "Add" or "AddService" or "Insert" or "AddRange" when NameOf(member.Expression) is "Filters" or "Conventions":
                var list = semantics.GetTypeInfo(member.Expression).Type;
                if (IsMvcList(list) && AddedBy(call, semantics) is var added && MayAuthorize(added))
                    _globalFilters = _globalFilters.And(AuthorizationStance.Unknown).And(list?.Name == "FilterCollection" && !Conditions.StandOver(call) ? _attributes.Of(added) : AuthorizationStance.Unknown);
                break;
            case "MapControllers" or "MapControllerRoute" or "MapDefaultControllerRoute" or "MapAreaControllerRoute" or "MapDynamicControllerRoute":
                _mapsControllers = true;
                if (semantics.GetOperation(call) is Microsoft.CodeAnalysis.Operations.IInvocationOperation mapping)
                    AddMapping(_endpoints.StanceOfMapping(mapping));
                break;
            case "UseMvc" or "UseMvcWithDefaultRoute":
                _mapsControllers = true;
                break;
            case "UseEndpoints":
                _createsApplication = true;
                break;
            case "AddAuthentication" or "AddIdentity" or "AddDefaultIdentity" or "AddIdentityApiEndpoints" or "MapIdentityApi":
                _registers |= semantics.GetSymbolInfo(call).Symbol is { } registration && AuthorizationAttributes.IsFramework(registration);
                break;
            case "AddPolicy":
                _registers |= semantics.GetSymbolInfo(call).Symbol is { } policy && policy.IsIn("Microsoft.AspNetCore.Authorization");
                break;
            case "RequireAuthorization" or "AuthorizePage" or "AuthorizeFolder" or "AuthorizeAreaPage" or "AuthorizeAreaFolder":
                _requires |= semantics.GetSymbolInfo(call).Symbol is { } requirement && AuthorizationAttributes.IsFramework(requirement);
                break;
        }
    }

    private void AddFallback(bool isSet, bool isConditional = false)
    {
        if (isSet)
            _fallback = _fallback.And(isConditional ? AuthorizationStance.Unknown : AuthorizationStance.Authorized);
    }

    private void AddMapping(AuthorizationStance stance) => _controllerMappings = _controllerMappings is { } other && other != stance ? AuthorizationStance.Unknown : stance;

    private bool HasUnreadableRegistrations()
    {
        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!RegistrationHints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call
                    && name.Length > 3 && name.StartsWith("Add", StringComparison.Ordinal)
                    && IsUnreadableRegistration(semantics.GetSymbolInfo(call).Symbol as IMethodSymbol))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Another project of the application, referenced without bodies: its registrations may set a fallback policy.
    private static bool IsUnreadableRegistration(IMethodSymbol? method)
    {
        var definition = method?.ReducedFrom ?? method;
        return definition is { IsExtensionMethod: true, DeclaringSyntaxReferences.IsEmpty: true }
            && !AuthorizationAttributes.IsFramework(definition)
            && AuthorizationFacts.Of(definition.ContainingAssembly).OfProject is null
            && definition.ContainingAssembly?.Name.StartsWith("Microsoft.", StringComparison.Ordinal) == false
            && definition.Parameters[0].Type is { Name: "IServiceCollection" or "WebApplicationBuilder" or "IHostApplicationBuilder" };
    }

    private static bool IsMvcList(ITypeSymbol? type) =>
        type is null
        || type.Name == "FilterCollection"
        || type is INamedTypeSymbol { TypeArguments: [{ Name: "IApplicationModelConvention" or "IFilterMetadata" }] };

    private bool MayAuthorize(ITypeSymbol? added)
    {
        if (added is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } own && own.IsOrImplements(_aspNetCore.FilterMetadata) && !own.IsOrImplements(_aspNetCore.AuthorizeData))
            return own.GetMembers().OfType<IMethodSymbol>().Any(method => method.Name.StartsWith("On", StringComparison.Ordinal) && !method.IsAbstract && _endpoints.Checks.MayAuthorize(method));
        if (added is { DeclaringSyntaxReferences.IsEmpty: false })
            return added.DeclaringSyntaxReferences.Any(static reference => SpeaksOfAuthorization(reference.GetSyntax()));
        return _attributes.Of(added) is not AuthorizationStance.None;
    }

    private static bool SpeaksOfAuthorization(SyntaxNode declaration) =>
        declaration.DescendantTokens().Any(static token =>
            token.IsKind(SyntaxKind.IdentifierToken) && (token.ValueText is "Filters" or "EndpointMetadata" || AuthorizationWords.OfAttributes.AreIn(token.ValueText)));

    private static ITypeSymbol? AddedBy(InvocationExpressionSyntax call, SemanticModel semantics)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { TypeArgumentList.Arguments: [var generic, ..] } })
            return semantics.GetTypeInfo(generic).Type;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is TypeOfExpressionSyntax typeOf)
                return semantics.GetTypeInfo(typeOf.Type).Type;
            if (semantics.GetTypeInfo(argument.Expression).Type is { SpecialType: SpecialType.None } type)
                return type;
        }

        return null;
    }

    // A provider that hands the question on, or answers null, sets no fallback.
    private static bool BuildsPolicy(MethodDeclarationSyntax provider) =>
        provider.DescendantTokens().Any(static token => token.ValueText is "AuthorizationPolicyBuilder" or "GetPolicyAsync" or "GetDefaultPolicyAsync" or "DefaultPolicy");

    // In a build the other projects of the application are there without bodies; where one states no facts, what it registers is not known.
    private bool CallsSilentProject()
    {
        var referenced = _endpoints.Referenced.Value;
        if (!referenced.HasSilentProjects)
            return false;
        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!RegistrationHints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } call && semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method
                    && (method.ReducedFrom ?? method) is { Parameters: [{ Type.Name: var given }, ..] } definition && IsConfigured(given) && referenced.IsOfSilentProject(definition))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsConfigured(string type) =>
        type is "IServiceCollection" or "WebApplicationBuilder" or "IHostApplicationBuilder" or "IHostBuilder" or "IMvcBuilder" or "IMvcCoreBuilder" or "MvcOptions" or "AuthorizationOptions"
            or "AuthorizationBuilder" or "WebApplication" or "IApplicationBuilder";

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        _ => null,
    };
}
