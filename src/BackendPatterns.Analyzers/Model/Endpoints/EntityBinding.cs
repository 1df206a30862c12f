using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Which entities the body or the form of a request fills (https://learn.microsoft.com/aspnet/core/mvc/models/model-binding,
/// https://learn.microsoft.com/aspnet/core/fundamentals/minimal-apis/parameter-binding).
/// </summary>
public sealed class EntityBinding
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc";

    private static readonly TreeWords BinderProviderHint = new("IModelBinderProvider");

    private readonly BackendModel _model;
    private readonly Lazy<List<SyntaxTree>> _binderProviders;

    internal EntityBinding(BackendModel model)
    {
        _model = model;
        _binderProviders = BackendModel.Once(() => model.Compilation.SyntaxTrees.Where(static tree => BinderProviderHint.AnyIn(tree, CancellationToken.None)).ToList());
    }

    /// <summary>True where the requests that an endpoint answers have a body that fills objects: POST, PUT or PATCH, and not GET as well.</summary>
    public static bool TakesBody(HttpVerbs verbs) => (verbs & (HttpVerbs.Post | HttpVerbs.Put | HttpVerbs.Patch)) != 0 && (verbs & HttpVerbs.Get) == 0;

    /// <summary>
    /// Returns the entity that the body or form of a request fills for a parameter of an action or handler, alone or as the element of a list; null where the parameter is something
    /// else, comes from elsewhere (route, query, services), is limited to some members (<c>[Bind]</c>), or has a binder of its own.
    /// </summary>
    public INamedTypeSymbol? EntityOf(IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None && EntityIn(parameter.Type) is { } entity && IsFromBody(parameter) && !HasBinder(entity) ? entity : null;

    /// <summary>The same for a property of a Razor page or a controller with <c>[BindProperty]</c>.</summary>
    public INamedTypeSymbol? EntityOf(IPropertySymbol property) =>
        property is { IsStatic: false, SetMethod: not null } && EntityIn(property.Type) is { } entity && IsBoundProperty(property) && IsFromBody(property) && !HasBinder(entity) ? entity : null;

    /// <summary>Returns the entity that a type is or is a list of; null for other types and for entities without a key, which nobody stores.</summary>
    public INamedTypeSymbol? EntityIn(ITypeSymbol type)
    {
        if (type is not (IArrayTypeSymbol or INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: not SpecialType.System_String }))
            return null;
        var row = _model.Entities.IsEntity(type) ? type as INamedTypeSymbol : type.ElementTypeOfSequence() as INamedTypeSymbol;
        return row is not null && _model.Entities.IsEntity(row) && _model.Entities.Find(row) is { Key.IsEmpty: false } ? row : null;
    }

    private bool IsBoundProperty(IPropertySymbol property) =>
        property.HasAttribute("BindPropertyAttribute", Mvc)
        || (property is { DeclaredAccessibility: Accessibility.Public, SetMethod.DeclaredAccessibility: Accessibility.Public } && property.ContainingType.HasAttribute("BindPropertiesAttribute", Mvc));

    private static bool IsFromBody(ISymbol target)
    {
        foreach (var attribute in target.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || type.Name is "FromBodyAttribute" or "FromFormAttribute" or "BindPropertyAttribute")
                continue;
            if (type.Name is "BindAttribute" or "BindNeverAttribute" or "ModelBinderAttribute" or "AsParametersAttribute" || SaysWhereFrom(type))
                return false;
        }

        return true;
    }

    /// <summary>True for <c>[FromRoute]</c>, <c>[FromServices]</c> and for attributes of the application that name a source or a binder.</summary>
    private static bool SaysWhereFrom(INamedTypeSymbol attribute)
    {
        foreach (var contract in attribute.AllInterfaces)
        {
            if (contract.Name is "IBindingSourceMetadata" or "IBinderTypeProviderMetadata" or "IFromServiceMetadata" or "IFromQueryMetadata" or "IFromRouteMetadata" or "IFromHeaderMetadata" or "IParameterModelConvention")
                return true;
        }

        return attribute.Name is "FromKeyedServicesAttribute";
    }

    /// <summary>True where the type is bound in its own way, or may be: a binder, a parser, <c>[Bind]</c>, a provider of binders that names it.</summary>
    private bool HasBinder(INamedTypeSymbol entity)
    {
        for (var type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (type.HasAttribute("ModelBinderAttribute", Mvc) || type.HasAttribute("BindAttribute", Mvc) || type.GetMembers("BindAsync").Any(IsParser) || type.GetMembers("TryParse").Any(IsParser))
                return true;
        }

        foreach (var tree in _binderProviders.Value)
        {
            if (tree.GetText().ToString().Contains(entity.Name))
                return true;
        }

        return false;
    }

    private static bool IsParser(ISymbol member) => member is IMethodSymbol { IsStatic: true, DeclaredAccessibility: Accessibility.Public };
}
