using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>The controllers of an application that answer with data, and which of them are marked with <c>[ApiController]</c>.</summary>
internal sealed class ApiControllers
{
    private static readonly HashSet<string> ViewNames = new(StringComparer.Ordinal)
    {
        "View", "PartialView", "ViewComponent", "ViewBag", "ViewData", "TempData", "RedirectToAction", "RedirectToRoute", "RedirectToPage", "Redirect", "RedirectPermanent", "LocalRedirect", "SignOut", "Challenge",
        "ViewResult", "PartialViewResult", "RedirectToActionResult", "RedirectResult", "ContentResult", "PhysicalFile", "PhysicalFileResult",
    };

    private readonly HashSet<ISymbol> _marked = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _unmarked = new(SymbolEqualityComparer.Default);

    private ApiControllers()
    {
    }

    /// <summary>Reads the controllers of a compilation; none where the whole assembly is marked.</summary>
    public static ApiControllers In(BackendModel model)
    {
        var found = new ApiControllers();
        var aspNetCore = model.Libraries.AspNetCore!;
        if (model.Compilation.Assembly.GetAttributes().Any(attribute => attribute.AttributeClass.IsOrDerivesFrom(aspNetCore.ApiControllerAttribute)))
            return found;
        foreach (var controller in model.Endpoints!.Controllers.All)
        {
            if (!aspNetCore.IsControllerBase(controller))
                continue;
            if (IsMarked(controller, aspNetCore))
                found._marked.Add(controller);
            else if (AnswersWithData(controller, model))
                found._unmarked.Add(controller);
        }

        return found;
    }

    /// <summary>True for a controller that answers with data and is not marked, nor are its bases.</summary>
    public bool Lack(INamedTypeSymbol controller) => _unmarked.Contains(controller);

    /// <summary>Returns how many of the other controllers are marked, and how many there are.</summary>
    public (int Marked, int Others) Besides(INamedTypeSymbol controller) =>
        (_marked.Count - (_marked.Contains(controller) ? 1 : 0), _marked.Count + _unmarked.Count - 1);

    private static bool IsMarked(INamedTypeSymbol controller, AspNetCore aspNetCore) =>
        Controllers.AttributesOf(controller).Any(attribute => attribute.AttributeClass.IsOrDerivesFrom(aspNetCore.ApiControllerAttribute));

    private static bool AnswersWithData(INamedTypeSymbol controller, BackendModel model)
    {
        if (!model.Endpoints!.Controllers.ActionsOf(controller).Any() || IsHidden(controller))
            return false;
        for (var type = controller; type is not null && !AuthorizationAttributes.IsFramework(type); type = type.BaseType)
        {
            // What a base without source does is not known.
            if (type.DeclaringSyntaxReferences.IsEmpty)
                return false;
            foreach (var reference in type.DeclaringSyntaxReferences)
            {
                if (Navigates(reference.GetSyntax()))
                    return false;
            }
        }

        return !ClientQueries.AreServedBy(controller);
    }

    /// <summary>What is left out of the description of the API is none: a redirect to the documentation, an error page.</summary>
    private static bool IsHidden(INamedTypeSymbol controller) =>
        Controllers.AttributesOf(controller).Any(static attribute =>
            attribute.AttributeClass is { Name: "ApiExplorerSettingsAttribute" } && attribute.NamedArguments.Any(static argument => argument is { Key: "IgnoreApi", Value.Value: true }));

    private static bool Navigates(SyntaxNode type)
    {
        foreach (var node in type.DescendantNodes())
        {
            if (node is SimpleNameSyntax name && (ViewNames.Contains(name.Identifier.ValueText) || name.Identifier.ValueText is "EnableQuery"))
                return true;
        }

        return false;
    }
}
