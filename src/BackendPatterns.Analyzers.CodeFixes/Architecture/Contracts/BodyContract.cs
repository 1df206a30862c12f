using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>Whether a body is read by the members of its type alone, so that another type with the same members is read in the same way.</summary>
internal static class BodyContract
{
    /// <summary>True for a parameter that is read as JSON, and that the framework refuses where the body is missing.</summary>
    public static bool IsJson(IParameterSymbol parameter, BackendModel model)
    {
        if (parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is not ("FromBodyAttribute" or "RequiredAttribute")))
            return false;
        if (parameter.ContainingSymbol is not IMethodSymbol handler || handler.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "ConsumesAttribute"))
            return false;
        // A minimal API takes a body that may be null where the parameter does not say that it must not.
        return model.Endpoints!.Controllers.ContainOrServeAsBase(handler.ContainingType) && handler.MethodKind is MethodKind.Ordinary
            ? IsApi(handler.ContainingType) && !handler.ContainingType.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "ConsumesAttribute")
            : parameter.NullableAnnotation is NullableAnnotation.NotAnnotated;
    }

    /// <summary>
    /// True for a class that nothing but its members says how to read and check: no rules of its own, no converter, no derived types on the wire, made by a constructor without parameters;
    /// and where the language has records.
    /// </summary>
    public static bool IsPlain(INamedTypeSymbol type, Compilation compilation)
    {
        if (compilation is not CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp9 } || compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.IsExternalInit") is null
            || type is { IsAbstract: true } or { IsGenericType: true } || !type.InstanceConstructors.Any(static constructor => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public })
            || type.AllInterfaces.Any(static contract => contract.Name is "IValidatableObject")
            || CompilationText.Mentions(compilation, "AbstractValidator<" + type.Name + ">") || CompilationText.Mentions(compilation, "IValidator<" + type.Name + ">"))
        {
            return false;
        }

        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (current.GetAttributes().Any(SaysHow))
                return false;
        }

        return true;
    }

    private static bool SaysHow(AttributeData attribute) =>
        attribute.AttributeClass is not { } type || !(type.IsIn("System.ComponentModel.DataAnnotations.Schema") || type.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore") || type.IsIn("System.Runtime.CompilerServices")
            || type.IsIn("System.Diagnostics.CodeAnalysis") || type.IsIn("System.Diagnostics") || type.Name is "SerializableAttribute" or "ObsoleteAttribute");

    private static bool IsApi(INamedTypeSymbol controller) =>
        Controllers.AttributesOf(controller).Concat(controller.ContainingAssembly.GetAttributes()).Any(static attribute => attribute.AttributeClass?.Name is "ApiControllerAttribute");
}
