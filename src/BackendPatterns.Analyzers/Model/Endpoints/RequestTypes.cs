using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The parameters and types that ASP.NET Core fills from requests, and what limits their values where they are declared.</summary>
internal sealed class RequestTypes
{
    private static readonly TreeWords ValidatorHint = new("AbstractValidator", "RuleFor");

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly EndpointModel _endpoints;
    private readonly Lazy<HashSet<ISymbol>> _bound;
    private readonly Lazy<List<ClassDeclarationSyntax>> _validators;

    public RequestTypes(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _endpoints = endpoints;
        _bound = BackendModel.Once(FindBound);
        _validators = BackendModel.Once(FindValidators);
    }

    /// <summary>True for a parameter of an endpoint that is bound to the route, query or body.</summary>
    public bool IsBound(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && (_endpoints.IsHandler(method) || IsPageHandler(method)) && !IsService(parameter);

    /// <summary>True for a property of an object that an endpoint is given, and for a property of a Razor page with <c>[BindProperty]</c>.</summary>
    public bool IsBound(IPropertySymbol property, ITypeSymbol? instance) =>
        instance is not null && (_bound.Value.Contains(instance.OriginalDefinition) || (instance.IsOrDerivesFrom(_aspNetCore.PageModel) && property.HasAttribute("BindPropertyAttribute", "Microsoft.AspNetCore.Mvc")));

    /// <summary>True where the declaration limits the value, or may: a validation attribute, an accessor with a body, a validator, a constructor or method of the type that looks at it.</summary>
    public bool IsLimited(ISymbol declared)
    {
        foreach (var attribute in declared.GetAttributes())
        {
            if (IsLimit(attribute))
                return true;
        }

        if (declared is not IPropertySymbol property)
            return false;
        if (property.DeclaringSyntaxReferences.IsEmpty || property.IsVirtual || property.IsAbstract || property.IsOverride)
            return true;
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (!IsPlain(reference.GetSyntax(), property))
                return true;
        }

        return HasValidator(property);
    }

    private static bool IsLimit(AttributeData attribute)
    {
        if (attribute.AttributeClass is { Name: "RequiredAttribute" })
            return false;
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (type.Name is "ValidationAttribute" && type.IsIn("System.ComponentModel.DataAnnotations"))
                return true;
        }

        return false;
    }

    /// <summary>An auto property, or one of a record's header, that no other member of the type compares or checks.</summary>
    private bool IsPlain(SyntaxNode declaration, IPropertySymbol property)
    {
        switch (declaration)
        {
            case PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } when accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null }):
                break;
            case ParameterSyntax parameter when parameter.AttributeLists.Count == 0:
                break;
            case ParameterSyntax parameter:
                if (_model.SemanticModelOf(parameter.SyntaxTree)?.GetDeclaredSymbol(parameter) is not IParameterSymbol symbol || symbol.GetAttributes().Any(IsLimit))
                    return false;
                break;
            default:
                return false;
        }

        // The handlers of a page use its properties; whether they test them is asked where they do.
        if (property.ContainingType.IsOrDerivesFrom(_aspNetCore.PageModel))
            return true;
        foreach (var member in declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Members)
        {
            if (member is BaseMethodDeclarationSyntax && Mentions(member, property.Name))
                return false;
        }

        return true;
    }

    private bool HasValidator(IPropertySymbol property)
    {
        foreach (var validator in _validators.Value)
        {
            if (Mentions(validator, property.Name) && IsFor(validator, property))
                return true;
        }

        return false;
    }

    /// <summary>By name: <c>AbstractValidator&lt;GetOrders&gt;</c>; one for a type parameter is for every type.</summary>
    private bool IsFor(ClassDeclarationSyntax validator, IPropertySymbol property)
    {
        foreach (var name in validator.BaseList!.Types.SelectMany(static type => type.DescendantNodesAndSelf().OfType<GenericNameSyntax>()))
        {
            if (name.TypeArgumentList.Arguments is not [var subject])
                continue;
            var simple = subject is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : (subject as SimpleNameSyntax)?.Identifier.ValueText;
            if (validator.TypeParameterList is not null || simple == property.ContainingType.Name || _bound.Value.Any(type => type.Name == simple && ((ITypeSymbol)type).IsOrDerivesFrom(property.ContainingType)))
                return true;
        }

        return false;
    }

    private static bool Mentions(SyntaxNode node, string name) => node.DescendantNodes().Any(part => part is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);

    private List<ClassDeclarationSyntax> FindValidators()
    {
        var validators = new List<ClassDeclarationSyntax>();
        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!ValidatorHint.AnyIn(tree, CancellationToken.None))
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is ClassDeclarationSyntax { BaseList: not null } type && Mentions(type, "RuleFor"))
                    validators.Add(type);
            }
        }

        return validators;
    }

    private HashSet<ISymbol> FindBound()
    {
        var handlers = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var types = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var handler in _endpoints.Handlers)
        {
            if (handlers.Add(handler.OriginalDefinition))
                AddTypes(handler, types);
        }

        return types;
    }

    private void AddTypes(IMethodSymbol handler, HashSet<ISymbol> types)
    {
        foreach (var parameter in handler.Parameters)
        {
            if (IsService(parameter))
                continue;
            for (var type = parameter.Type; type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false }; type = type.BaseType)
                types.Add(type.OriginalDefinition);
        }
    }

    private bool IsPageHandler(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } && method.Name.StartsWith("On", StringComparison.Ordinal)
        && method.ContainingType.IsOrDerivesFrom(_aspNetCore.PageModel);

    private bool IsService(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass.IsOrImplements(_aspNetCore.FromServicesMetadata))
                return true;
        }

        return false;
    }
}
