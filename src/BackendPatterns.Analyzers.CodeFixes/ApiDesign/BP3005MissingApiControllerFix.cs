using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.ApiDesign;

/// <summary>
/// BP3005: adds <c>[ApiController]</c>. The attribute stops the application at its start where an action has no attribute route, and takes complex parameters from the body, so the fix is offered
/// only where neither can happen (https://learn.microsoft.com/aspnet/core/web-api#attribute-routing-requirement).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP3005MissingApiControllerFix() : RuleFix(BP3005MissingApiControllerAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not ClassDeclarationSyntax declaration
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || semantics.GetDeclaredSymbol(declaration, cancellationToken) is not { } controller
            || BackendModel.For(semantics.Compilation) is not { Endpoints: { } endpoints, Libraries.AspNetCore.ApiControllerAttribute: { } marker }
            || Controllers.AttributesOf(controller).Any(attribute => attribute.AttributeClass.IsOrDerivesFrom(marker))
            || !MayBeMarked(controller, endpoints.Controllers))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var import = AttributeImport.Of("Microsoft.AspNetCore.Mvc", "ApiController", semantics, declaration.SpanStart);
        var after = document.WithSyntaxRoot(import.AddTo(root.ReplaceNode(declaration, AddedAttribute.On(declaration, import.Name, LineBreaks.In(root)))));
        return await IfItCompilesAsync(document, node, after, "Add [ApiController] (invalid requests are then answered with 400)", nameof(BP3005MissingApiControllerFix), cancellationToken).ConfigureAwait(false);
    }

    private static bool MayBeMarked(INamedTypeSymbol controller, Controllers controllers)
    {
        var isRouted = controllers.RoutesOn(controller).Any();
        foreach (var action in controllers.ActionsOf(controller))
        {
            if ((!isRouted && !controllers.RoutesOn(action).Any()) || !action.Parameters.All(static parameter => IsBoundTheSame(parameter)))
                return false;
        }

        return true;
    }

    private static bool IsBoundTheSame(IParameterSymbol parameter) =>
        IsSimple(parameter.Type)
        || parameter.Type.Name is "CancellationToken" or "IFormFile" or "IFormFileCollection"
        || parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "FromBodyAttribute" or "FromQueryAttribute" or "FromRouteAttribute" or "FromFormAttribute" or "FromHeaderAttribute"
            or "FromServicesAttribute" or "FromKeyedServicesAttribute" or "ModelBinderAttribute");

    private static bool IsSimple(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
            type = inner;
        return type.SpecialType is not (SpecialType.None or SpecialType.System_Object) || type.TypeKind is TypeKind.Enum
            || type.Name is "Guid" or "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" or "Uri";
    }
}
