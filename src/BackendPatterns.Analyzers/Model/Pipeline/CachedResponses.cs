using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>
/// Whether a cache in front of authentication or authorization gives away what is meant for one user. Found by the text of the trees first; only hits are bound.
/// </summary>
/// <remarks>
/// Neither cache answers requests with an <c>Authorization</c> header, and the output cache keeps no response to a signed-in user unless a policy says so
/// (https://learn.microsoft.com/aspnet/core/performance/caching/output#default-output-caching-policy): only users that a cookie signs in are at risk.
/// </remarks>
public sealed class CachedResponses
{
    private static readonly TreeWords Hints = new("AddCookie", "AddIdentity", "AddDefaultIdentity", "IOutputCachePolicy", "ResponseCache");

    private readonly EndpointModel _endpoints;
    private readonly Lazy<bool> _closedActionIsPublic;
    private bool _hasCookies;

    internal CachedResponses(BackendModel model, EndpointModel endpoints)
    {
        _endpoints = endpoints;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
                Read(node, semantics);
        }

        _closedActionIsPublic = BackendModel.Once(FindClosedAction);
    }

    /// <summary>True where a policy of this code base decides what the output cache keeps: it may keep responses to signed-in users.</summary>
    public bool HasOwnOutputPolicy { get; private set; }

    /// <summary>True where users sign in by a cookie and an action that requires authorization lets every cache keep its response.</summary>
    public bool LeakToOthers => _hasCookies && _closedActionIsPublic.Value;

    private void Read(SyntaxNode node, SemanticModel semantics)
    {
        switch (node)
        {
            case SimpleNameSyntax { Identifier.ValueText: "AddCookie" or "AddIdentity" or "AddDefaultIdentity" or "AddIdentityCookies" or "AddIdentityApiEndpoints" } name:
                _hasCookies |= semantics.GetSymbolInfo(name).Symbol is { } registration && AuthorizationAttributes.IsFramework(registration);
                break;
            case SimpleNameSyntax { Identifier.ValueText: "IOutputCachePolicy" } contract:
                HasOwnOutputPolicy |= contract.FirstAncestorOrSelf<BaseTypeSyntax>() is not null;
                break;
        }
    }

    private bool FindClosedAction()
    {
        foreach (var controller in _endpoints.Controllers.All)
        {
            var ofController = IsPublic(Controllers.AttributesOf(controller));
            foreach (var action in _endpoints.Controllers.ActionsOf(controller))
            {
                var isPublic = IsPublic(Controllers.AttributesOf(action)) ?? ofController ?? false;
                if (isPublic && _endpoints.StanceOf(action, controller) is AuthorizationStance.Authorized)
                    return true;
            }
        }

        return false;
    }

    // Null where nothing is said. A profile is not looked up.
    private static bool? IsPublic(IEnumerable<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.AttributeClass is not { Name: "ResponseCacheAttribute" } type || !type.IsIn("Microsoft.AspNetCore.Mvc"))
                continue;
            return Value(attribute, "Duration") is int and > 0 && Value(attribute, "NoStore") is not true && Value(attribute, "Location") is null or 0;
        }

        return null;
    }

    private static object? Value(AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value.Value;
        }

        return null;
    }
}
