using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The names around a service: of the service in its endpoint, and of what it takes in the service itself.</summary>
/// <param name="Service">The class.</param>
/// <param name="Contract">The interface, fully qualified.</param>
/// <param name="Member">The service in the endpoint type: a field, or the parameter of the primary constructor.</param>
/// <param name="Parameter">The service as a constructor or handler parameter.</param>
/// <param name="HasPrimaryConstructor">True where the service has one.</param>
/// <param name="Dependencies">What the service takes, with the names that it has there.</param>
internal sealed record EndpointNames(string Service, string Contract, string Member, string Parameter, bool HasPrimaryConstructor, ServiceDependencies Dependencies)
{
    public static EndpointNames For(EndpointShape endpoint, string service, ServicePlace place)
    {
        var fresh = endpoint.Container is TypeDeclarationSyntax type ? FreshNames.InType(type) : FreshNames.InMember(endpoint.Container);
        var parameter = fresh.Take(FreshNames.Camel(service));
        var firstMember = endpoint.Values.FirstOrDefault(static value => value is { Moves: true, Handler: null });
        var member = firstMember switch
        {
            null or { Symbol: IParameterSymbol } => parameter,
            { Symbol: IPropertySymbol } => fresh.Take(service),
            { Symbol.Name: var old } when old.StartsWith("m_", StringComparison.Ordinal) => fresh.Take("m_" + parameter),
            { Symbol.Name: var old } when old.StartsWith("_", StringComparison.Ordinal) => fresh.Take("_" + parameter),
            _ => parameter,
        };
        var hasPrimary = UsesPrimaryConstructor(endpoint, place);
        return new EndpointNames(
            service, "global::" + (place.Interface.Namespace.Length == 0 ? "" : place.Interface.Namespace + ".") + "I" + service, member, parameter, hasPrimary, DependenciesOf(endpoint, hasPrimary));
    }

    private static bool UsesPrimaryConstructor(EndpointShape endpoint, ServicePlace place)
    {
        if (endpoint.Semantics.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 })
            return false;
        if (endpoint.Values.Any(static value => value is { Moves: true, Handler: null }))
            return endpoint.HasPrimaryConstructor && endpoint.Values.All(static value => value is not { Moves: true, Handler: null, Symbol: not IParameterSymbol });
        return place.Sibling is null or { ParameterList: not null };
    }

    private static ServiceDependencies DependenciesOf(EndpointShape endpoint, bool hasPrimary)
    {
        var moved = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        var shared = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        var byType = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in endpoint.Values.OrderBy(static value => value.Handler is null ? 0 : 1))
        {
            if (!value.Moves && !EndpointShape.MayGoAlong(value))
                continue;
            var key = value.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + " " + KeyOf(value.Parameter);
            if (value.Handler is null || !byType.TryGetValue(key, out var name))
            {
                name = NameIn(value, hasPrimary);
                for (var number = 2; !taken.Add(name); number++)
                    name = NameIn(value, hasPrimary) + number;
                byType[key] = name;
            }

            (value.Moves ? moved : shared)[value.Symbol] = name;
        }

        return new ServiceDependencies(moved, shared);
    }

    private static string NameIn(InjectedValue value, bool hasPrimary)
    {
        var plain = FreshNames.Camel(value.Symbol.Name.TrimStart('_'));
        if (hasPrimary)
            return plain;
        return value.Handler is null && value.Symbol is IFieldSymbol or IPropertySymbol ? value.Symbol.Name : "_" + plain;
    }

    private static string KeyOf(IParameterSymbol parameter) =>
        parameter.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name is "FromKeyedServicesAttribute")?.ConstructorArguments.FirstOrDefault().Value?.ToString() ?? "";
}
