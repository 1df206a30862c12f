using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The types of ASP.NET Core: MVC, routing, authorization.</summary>
public sealed class AspNetCore
{
    private AspNetCore(Compilation compilation, INamedTypeSymbol? controllerBase, INamedTypeSymbol? endpointRouteBuilder)
    {
        ControllerBase = controllerBase;
        EndpointRouteBuilder = endpointRouteBuilder;
        INamedTypeSymbol? Type(string name) => compilation.FindType(name);
        ControllerAttribute = Type("Microsoft.AspNetCore.Mvc.ControllerAttribute");
        NonControllerAttribute = Type("Microsoft.AspNetCore.Mvc.NonControllerAttribute");
        NonActionAttribute = Type("Microsoft.AspNetCore.Mvc.NonActionAttribute");
        ApiControllerAttribute = Type("Microsoft.AspNetCore.Mvc.ApiControllerAttribute");
        FromServicesAttribute = Type("Microsoft.AspNetCore.Mvc.FromServicesAttribute");
        FromServicesMetadata = Type("Microsoft.AspNetCore.Http.Metadata.IFromServiceMetadata");
        ActionHttpMethodProvider = Type("Microsoft.AspNetCore.Mvc.Routing.IActionHttpMethodProvider");
        RouteTemplateProvider = Type("Microsoft.AspNetCore.Mvc.Routing.IRouteTemplateProvider");
        AsParametersAttribute = Type("Microsoft.AspNetCore.Http.AsParametersAttribute");
        HttpContext = Type("Microsoft.AspNetCore.Http.HttpContext");
        HttpRequest = Type("Microsoft.AspNetCore.Http.HttpRequest");
        AuthorizationService = Type("Microsoft.AspNetCore.Authorization.IAuthorizationService");
        AuthorizeFilter = Type("Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter");
        PageModel = Type("Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
        Hub = Type("Microsoft.AspNetCore.SignalR.Hub");
        GrpcServiceAttribute = Type("Grpc.Core.BindServiceMethodAttribute");
        AuthorizeData = Type("Microsoft.AspNetCore.Authorization.IAuthorizeData");
        AllowAnonymous = Type("Microsoft.AspNetCore.Authorization.IAllowAnonymous");
        AuthorizationRequirementData = Type("Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData");
        AuthorizeAttribute = Type("Microsoft.AspNetCore.Authorization.AuthorizeAttribute");
        AllowAnonymousAttribute = Type("Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute");
        AuthorizationOptions = Type("Microsoft.AspNetCore.Authorization.AuthorizationOptions");
        FilterMetadata = Type("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata");
        EndpointConventionBuilder = Type("Microsoft.AspNetCore.Builder.IEndpointConventionBuilder");
        EndpointRouteBuilderExtensions = Type("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
        RouteGroupBuilder = Type("Microsoft.AspNetCore.Routing.RouteGroupBuilder");
        WebApplication = Type("Microsoft.AspNetCore.Builder.WebApplication");
        ApplicationBuilder = Type("Microsoft.AspNetCore.Builder.IApplicationBuilder");
    }

    public INamedTypeSymbol? ControllerBase { get; }

    public INamedTypeSymbol? ControllerAttribute { get; }

    public INamedTypeSymbol? NonControllerAttribute { get; }

    public INamedTypeSymbol? NonActionAttribute { get; }

    public INamedTypeSymbol? ApiControllerAttribute { get; }

    public INamedTypeSymbol? FromServicesAttribute { get; }

    /// <summary><c>IFromServiceMetadata</c>, implemented by <c>[FromServices]</c> and its like.</summary>
    public INamedTypeSymbol? FromServicesMetadata { get; }

    /// <summary><c>IActionHttpMethodProvider</c>, implemented by <c>[HttpPost]</c>, <c>[AcceptVerbs]</c> and attributes derived from them.</summary>
    public INamedTypeSymbol? ActionHttpMethodProvider { get; }

    /// <summary><c>IRouteTemplateProvider</c>, implemented by <c>[Route]</c> and the verb attributes.</summary>
    public INamedTypeSymbol? RouteTemplateProvider { get; }

    /// <summary><c>[AsParameters]</c>, or null before ASP.NET Core 7.</summary>
    public INamedTypeSymbol? AsParametersAttribute { get; }

    public INamedTypeSymbol? HttpContext { get; }

    public INamedTypeSymbol? HttpRequest { get; }

    public INamedTypeSymbol? AuthorizationService { get; }

    /// <summary>MVC's <c>AuthorizeFilter</c>: added to the global filters it covers every controller.</summary>
    public INamedTypeSymbol? AuthorizeFilter { get; }

    public INamedTypeSymbol? PageModel { get; }

    public INamedTypeSymbol? Hub { get; }

    /// <summary><c>[BindServiceMethod]</c>, which the base class of a gRPC service carries, or null where gRPC is not referenced.</summary>
    public INamedTypeSymbol? GrpcServiceAttribute { get; }

    public INamedTypeSymbol? AuthorizeData { get; }

    public INamedTypeSymbol? AllowAnonymous { get; }

    /// <summary><c>IAuthorizationRequirementData</c>, or null before ASP.NET Core 8.</summary>
    public INamedTypeSymbol? AuthorizationRequirementData { get; }

    public INamedTypeSymbol? AuthorizeAttribute { get; }

    public INamedTypeSymbol? AllowAnonymousAttribute { get; }

    public INamedTypeSymbol? AuthorizationOptions { get; }

    public INamedTypeSymbol? FilterMetadata { get; }

    public INamedTypeSymbol? EndpointRouteBuilder { get; }

    public INamedTypeSymbol? EndpointConventionBuilder { get; }

    /// <summary>The static class of <c>MapGet</c>, <c>MapPost</c>, <c>MapGroup</c>, or null before ASP.NET Core 6.</summary>
    public INamedTypeSymbol? EndpointRouteBuilderExtensions { get; }

    public INamedTypeSymbol? RouteGroupBuilder { get; }

    public INamedTypeSymbol? WebApplication { get; }

    public INamedTypeSymbol? ApplicationBuilder { get; }

    /// <summary>Returns ASP.NET Core as this compilation sees it, or null where neither MVC nor endpoint routing is referenced.</summary>
    public static AspNetCore? In(Compilation compilation)
    {
        var controllerBase = compilation.FindType("Microsoft.AspNetCore.Mvc.ControllerBase");
        var routeBuilder = compilation.FindType("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder");
        return controllerBase is null && routeBuilder is null ? null : new AspNetCore(compilation, controllerBase, routeBuilder);
    }

    /// <summary>True for a controller's base class and types derived from it.</summary>
    public bool IsControllerBase(ITypeSymbol? type) => type.IsOrDerivesFrom(ControllerBase);
}
