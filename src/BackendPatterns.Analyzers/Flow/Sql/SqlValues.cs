using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Where a text comes from.</summary>
internal enum SqlOrigin
{
    /// <summary>Not known: no report.</summary>
    Unknown,

    /// <summary>From a caller or a row: a parameter, a property of an entity or of what a caller gave.</summary>
    Text,

    /// <summary>From the request, as the client sent it.</summary>
    Request,
}

/// <summary>Tells where the values come from that are put into SQL.</summary>
internal static class SqlValues
{
    private const int MaximumMembers = 8;

    private static readonly string[] SettingsEndings = ["Options", "Settings", "Configuration", "Config", "Context", "Constants", "Metadata", "Info", "Definition", "Mapping", "Schema"];

    /// <summary>Returns where a text or a sequence of texts comes from.</summary>
    public static SqlOrigin OriginOf(IOperation value, BackendModel model, CancellationToken cancellation)
    {
        value = value.Unwrap();
        if (!IsText(value.Type))
            return SqlOrigin.Unknown;
        return value switch
        {
            IParameterReferenceOperation { Parameter: var parameter } => OriginOf(parameter, value, model),
            IPropertyReferenceOperation property => OriginOf(property, model),
            _ => SqlOrigin.Unknown,
        };
    }

    private static bool IsText(ITypeSymbol? type) =>
        type is { SpecialType: SpecialType.System_String } or { Name: "StringValues" } || type.ElementTypeOfSequence()?.SpecialType is SpecialType.System_String;

    private static SqlOrigin OriginOf(IParameterSymbol parameter, IOperation place, BackendModel model)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || parameter.RefKind is RefKind.Out)
            return SqlOrigin.Unknown;
        switch (method.MethodKind)
        {
            case MethodKind.AnonymousFunction:
                return IsHandler(parameter, place, model) ? SqlOrigin.Request : SqlOrigin.Unknown;
            case MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation when method.DeclaredAccessibility is not Accessibility.Private || method.MethodKind is MethodKind.ExplicitInterfaceImplementation:
                return IsAction(method, model) ? SqlOrigin.Request : SqlOrigin.Text;
            default:
                return SqlOrigin.Unknown;
        }
    }

    private static bool IsAction(IMethodSymbol method, BackendModel model) =>
        method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && model.Endpoints?.Controllers.ContainOrServeAsBase(method.ContainingType) == true;

    private static bool IsHandler(IParameterSymbol parameter, IOperation place, BackendModel model)
    {
        for (var current = place.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
            {
                var argument = lambda.Parent;
                while (argument is IConversionOperation or IDelegateCreationOperation)
                    argument = argument.Parent;
                return argument is IArgumentOperation { Parent: IInvocationOperation call } && model.Endpoints?.IsMapCall(call) == true;
            }
        }

        return false;
    }

    private static SqlOrigin OriginOf(IPropertyReferenceOperation property, BackendModel model)
    {
        if (property.Property.IsIndexer)
            return property.Property.ContainingType is { Name: "IQueryCollection" or "IFormCollection" or "IHeaderDictionary" or "IRequestCookieCollection" } ? SqlOrigin.Request : SqlOrigin.Unknown;
        var owner = property.Property.ContainingType;
        if (property.Instance is null || IsOfPlatform(owner) || IsSettings(owner))
            return SqlOrigin.Unknown;
        if (model.Entities.Find(owner) is { } entity && entity.Member(property.Property.Name) is not null)
            return SqlOrigin.Text;
        return property.Property.SetMethod is null && !owner.IsRecord && !owner.IsAnonymousType ? SqlOrigin.Unknown : OriginOfRoot(property.Instance, model);
    }

    /// <summary>Where the object comes from whose property is read: from a caller, or as an element of what a caller gave.</summary>
    private static SqlOrigin OriginOfRoot(IOperation instance, BackendModel model)
    {
        for (var i = 0; i < MaximumMembers; i++)
        {
            instance = instance.Unwrap();
            switch (instance)
            {
                case IPropertyReferenceOperation { Instance: { } outer } property when !IsOfPlatform(property.Property.ContainingType) && !IsSettings(property.Type):
                    instance = outer;
                    break;
                case IParameterReferenceOperation { Parameter: var parameter } when !IsOfPlatform(ElementOf(parameter.Type)) && !IsSettings(parameter.Type):
                    return OriginOf(parameter, instance, model);
                case ILocalReferenceOperation local when SqlLocals.LoopOver(local) is { } loop:
                    instance = loop.Collection;
                    break;
                default:
                    return SqlOrigin.Unknown;
            }
        }

        return SqlOrigin.Unknown;
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type.ElementTypeOfSequence() ?? type;

    private static bool IsOfPlatform(ITypeSymbol? type) =>
        type is null || type.ContainingNamespace.IsBelow("System") || type.ContainingNamespace.IsBelow("Microsoft");

    /// <summary>Settings and descriptions of the database are written by who runs the application.</summary>
    private static bool IsSettings(ITypeSymbol? type)
    {
        foreach (var ending in SettingsEndings)
        {
            if (type?.Name.EndsWith(ending, StringComparison.Ordinal) == true)
                return true;
        }

        return false;
    }
}
