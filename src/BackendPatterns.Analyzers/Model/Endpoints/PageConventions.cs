using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// What the application says about Razor pages by their addresses (<c>AuthorizeFolder("/Admin")</c>, <c>AllowAnonymousToPage("/Login")</c>
/// and their like), and by the call that maps them. Found by the text of the trees first.
/// </summary>
public sealed class PageConventions
{
    private static readonly TreeWords Hints = new(
        "MapRazorPages", "AuthorizePage", "AuthorizeFolder", "AuthorizeAreaPage", "AuthorizeAreaFolder", "AllowAnonymousTo", "ApplicationModelConvention", "ConfigureFilter", "RootDirectory");

    private readonly List<PageConvention> _named = [];
    private AuthorizationStance _all;
    private bool _movesRoot;

    internal PageConventions(BackendModel model, EndpointModel endpoints)
    {
        foreach (var tree in model.Trees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } invocation)
                    Read(name, invocation, semantics, endpoints);
                else if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RootDirectory" } or IdentifierNameSyntax { Identifier.ValueText: "RootDirectory" } })
                    _movesRoot = true;
            }
        }
    }

    /// <summary>True where the pages are mapped here, so that conventions on them are known.</summary>
    public bool AreMapped { get; private set; }

    /// <summary>Returns what conventions say about the page with this address, null where it is not known.</summary>
    public AuthorizationStance StanceOf(PagePath? page)
    {
        var stance = _all;
        foreach (var convention in _named)
        {
            if (page is not { } path || _movesRoot || convention.Path is null)
                stance = stance.And(AuthorizationStance.Unknown);
            else if (convention.Covers(path))
                stance = stance.And(convention.Stance);
        }

        return stance;
    }

    /// <summary>Returns the convention that opens at least what another one closes, or null: the requirement then has no effect.</summary>
    public IInvocationOperation? OpeningOf(IInvocationOperation call)
    {
        if (PageConvention.Of(call) is not { Stance: AuthorizationStance.Authorized, Path: { } path } closing)
            return null;
        foreach (var opening in _named)
        {
            if (opening.Stance is AuthorizationStance.Anonymous && opening.Path is { } scope && opening.Area == closing.Area && (opening.IsFolder || !closing.IsFolder) && opening.Covers(new PagePath(closing.Area, path))
                && (scope.Length < path.Length || opening.IsFolder == closing.IsFolder) && StandTogether(opening.Call, call))
            {
                return opening.Call;
            }
        }

        return null;
    }

    private void Read(string name, InvocationExpressionSyntax invocation, SemanticModel semantics, EndpointModel endpoints)
    {
        if (name == "MapRazorPages")
        {
            if (semantics.GetOperation(invocation) is IInvocationOperation mapping && AuthorizationAttributes.IsFramework(mapping.TargetMethod))
            {
                AreMapped = true;
                _all = _all.And(endpoints.StanceOfMapping(mapping));
            }
        }
        else if (PageConvention.IsName(name))
        {
            if (semantics.GetOperation(invocation) is IInvocationOperation call && PageConvention.Of(call) is { } convention)
                _named.Add(convention);
        }
        else if (name == "ConfigureFilter" || (name.StartsWith("Add", StringComparison.Ordinal) && name.EndsWith("ApplicationModelConvention", StringComparison.Ordinal)))
        {
            // These add filters and metadata by code.
            _all = _all.And(AuthorizationStance.Unknown);
        }
    }

    // Under a condition one of the two may be the only one that runs.
    private static bool StandTogether(IOperation one, IOperation other) => BlockOf(one) is { } block && block.Syntax == BlockOf(other)?.Syntax;

    private static IOperation? BlockOf(IOperation operation)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            if (current is IBlockOperation or IConditionalOperation)
                return current is IBlockOperation ? current : null;
        }

        return null;
    }
}

/// <summary>One call that speaks about pages by their address.</summary>
/// <param name="Call">The call.</param>
/// <param name="Stance">Authorized or anonymous.</param>
/// <param name="Area">The area, or null for none.</param>
/// <param name="Path">The page or folder without a slash at the end, or null where it is not constant.</param>
/// <param name="IsFolder">Whether everything below the path is meant.</param>
internal sealed record PageConvention(IInvocationOperation Call, AuthorizationStance Stance, string? Area, string? Path, bool IsFolder)
{
    public static bool IsName(string name) =>
        name is "AuthorizePage" or "AuthorizeFolder" or "AuthorizeAreaPage" or "AuthorizeAreaFolder" or "AllowAnonymousToPage" or "AllowAnonymousToFolder" or "AllowAnonymousToAreaPage" or "AllowAnonymousToAreaFolder";

    /// <summary>Returns the convention that a call of the framework is, or null.</summary>
    public static PageConvention? Of(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (!IsName(name) || !AuthorizationAttributes.IsFramework(call.TargetMethod))
            return null;
        var isFolder = name.EndsWith("Folder", StringComparison.Ordinal);
        var hasArea = name.Contains("Area");
        var path = Constant(call, isFolder ? "folderPath" : "pageName");
        var area = hasArea ? Constant(call, "areaName") : null;
        return new PageConvention(
            call, name.StartsWith("Allow", StringComparison.Ordinal) ? AuthorizationStance.Anonymous : AuthorizationStance.Authorized, area, hasArea && area is null ? null : path?.TrimEnd('/'), isFolder);
    }

    public bool Covers(PagePath page) =>
        Path is { } path && string.Equals(Area, page.Area, StringComparison.OrdinalIgnoreCase) && page.Path.StartsWith(path, StringComparison.OrdinalIgnoreCase)
        && (page.Path.Length == path.Length || (IsFolder && page.Path[path.Length] == '/'));

    private static string? Constant(IInvocationOperation call, string parameter) => call.Argument(parameter)?.Unwrap().ConstantValue is { HasValue: true, Value: string text } ? text : null;
}
