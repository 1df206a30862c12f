using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The address of a Razor page by its file: <c>/Admin/Index</c>, in an area or in none (null).</summary>
public readonly record struct PagePath(string? Area, string Path);

/// <summary>
/// Razor pages: classes that derive from <c>PageModel</c>, and their handlers <c>OnGet</c>, <c>OnPost…Async</c>
/// (https://learn.microsoft.com/aspnet/core/razor-pages).
/// </summary>
public sealed class RazorPages
{
    private const string CodeEnding = ".cshtml.cs";

    private readonly AspNetCore _aspNetCore;
    private readonly AuthorizationAttributes _attributes;
    private readonly PageMarkup _markup;
    private readonly Lazy<PageConventions> _conventions;

    internal RazorPages(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints, AuthorizationAttributes attributes)
    {
        _aspNetCore = aspNetCore;
        _attributes = attributes;
        _markup = new PageMarkup(model);
        _conventions = BackendModel.Once(() => new PageConventions(model, endpoints));
    }

    /// <summary>What calls say about pages by their addresses, and whether pages are mapped here.</summary>
    public PageConventions Conventions => _conventions.Value;

    /// <summary>True for a concrete class that is the model of a page.</summary>
    public bool AreModelledBy(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } && _aspNetCore.PageModel is not null && type.BaseType.IsOrDerivesFrom(_aspNetCore.PageModel);

    /// <summary>Returns the handlers of a page: its own and those it inherits, overridden ones once, the framework's left out.</summary>
    public IEnumerable<IMethodSymbol> HandlersOf(INamedTypeSymbol page)
    {
        HashSet<ISymbol>? overridden = null;
        for (var type = page; type is not null && !AuthorizationAttributes.IsFramework(type); type = type.BaseType)
        {
            foreach (var member in type.MembersByPlace())
            {
                if (member is not IMethodSymbol method || overridden?.Contains(method) == true)
                    continue;
                if (method.OverriddenMethod is { } hidden)
                    (overridden ??= new(SymbolEqualityComparer.Default)).Add(hidden);
                if (IsHandler(method))
                    yield return method;
            }
        }
    }

    /// <summary>True for a method that is a handler where its class is the model of a page.</summary>
    public static bool IsHandler(IMethodSymbol method) =>
        VerbsOf(method) is not HttpVerbs.Unknown
        && method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, IsGenericMethod: false }
        && !method.HasAttribute("NonHandlerAttribute", "Microsoft.AspNetCore.Mvc.RazorPages");

    /// <summary>Returns the verb that the name of a handler begins with, <c>OnPostDeleteAsync</c>; unknown for any other method.</summary>
    public static HttpVerbs VerbsOf(IMethodSymbol handler)
    {
        var name = handler.Name;
        if (name.Length < 5 || !name.StartsWith("On", StringComparison.Ordinal) || !char.IsUpper(name[2]))
            return HttpVerbs.Unknown;
        var end = 3;
        while (end < name.Length && !char.IsUpper(name[end]))
            end++;
        var verb = HttpVerbsExtensions.Named(name.Substring(2, end - 2));
        return verb is HttpVerbs.Other ? HttpVerbs.Unknown : verb;
    }

    /// <summary>Returns a handler of a page as endpoint.</summary>
    public Endpoint HandlerOf(IMethodSymbol handler, INamedTypeSymbol page)
    {
        var path = PathOf(page);
        var words = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        EndpointNames.AddSegments(path?.Path, words);
        words.Add(NameWords.Of(handler.Name));
        words.Add(NameWords.Of(page.Name));
        return new Endpoint(
            EndpointKind.Page, handler.Name, handler, VerbsOf(handler), path is { } at ? (at.Area is null ? "" : "/" + at.Area) + at.Path : null, StanceOf(page),
            handler.Locations.FirstOrDefault(static location => location.IsInSource) ?? Location.None, words.ToImmutable());
    }

    /// <summary>
    /// Returns what the attributes of a page model and of its markup, the conventions and the call that maps the pages say. A stance on a handler is not asked: the framework
    /// ignores it (https://learn.microsoft.com/aspnet/core/diagnostics/mvc1001). Unknown where the markup is not visible.
    /// </summary>
    public AuthorizationStance StanceOf(INamedTypeSymbol page) => _attributes.On(page).And(_markup.StanceOf(page)).And(Conventions.StanceOf(PathOf(page)));

    /// <summary>True where the attributes of a page model require authorization and let anyone in, and neither is meant as the exception: the requirement is the nearer one.</summary>
    public bool IsContradictory(INamedTypeSymbol page)
    {
        var requires = false;
        for (var type = page; type is not null && !AuthorizationAttributes.IsFramework(type); type = type.BaseType)
        {
            var opens = false;
            foreach (var attribute in type.GetAttributes())
            {
                var isInherited = ReferenceEquals(type, page) || Controllers.IsInherited(attribute);
                requires |= isInherited && attribute.AttributeClass.IsOrImplements(_aspNetCore.AuthorizeData);
                opens |= isInherited && attribute.AttributeClass.IsOrImplements(_aspNetCore.AllowAnonymous);
            }

            if (opens)
                return requires;
        }

        return false;
    }

    /// <summary>Returns the address of a page, or null where its file does not tell.</summary>
    public static PagePath? PathOf(INamedTypeSymbol page)
    {
        var file = FileOf(page);
        if (file is null || !file.EndsWith(CodeEnding, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = "/" + file.Replace('\\', '/').Substring(0, file.Length - CodeEnding.Length).TrimStart('/');
        var pages = path.LastIndexOf("/Pages/", StringComparison.OrdinalIgnoreCase);
        if (pages < 0)
            return null;
        var areas = path.LastIndexOf("/Areas/", pages, StringComparison.OrdinalIgnoreCase);
        var area = areas < 0 ? "" : path.Substring(areas + "/Areas/".Length, Math.Max(0, pages - areas - "/Areas/".Length));
        return new PagePath(area.Length == 0 || area.IndexOf('/') >= 0 ? null : area, path.Substring(pages + "/Pages".Length));
    }

    /// <summary>The file with the code of a page, which lies beside its markup; null where there are several or none.</summary>
    internal static string? FileOf(INamedTypeSymbol page) => page.DeclaringSyntaxReferences is [var only] ? only.SyntaxTree.FilePath : null;
}
