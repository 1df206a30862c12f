using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>What a type is among those that load and store entities.</summary>
public enum RepositoryKind
{
    /// <summary>Something else.</summary>
    None,

    /// <summary>It loads and stores entities.</summary>
    Repository,

    /// <summary>It hands out repositories or saves what they changed.</summary>
    UnitOfWork,
}

/// <summary>
/// Which types are repositories: those named so, unless they are seen to do something else, and those whose public members only load and store entities of one aggregate. A
/// service returns DTOs or results, coordinates several repositories, has rules.
/// </summary>
public sealed class Repositories
{
    private static readonly string[] OtherRoles = ["Service", "Handler", "Manager", "Factory", "Provider", "Client", "Validator", "Mapper", "Context", "Controller", "Hub", "Module", "Facade", "Feature"];

    private static readonly ImmutableHashSet<string> OtherEndings = ImmutableHashSet.Create(
        "options", "factory", "service", "handler", "settings", "attribute", "extensions", "exception", "configuration", "context", "provider", "builder", "event", "dto", "model", "client",
        "validator", "mapper", "manager", "wrapper", "query", "command", "request", "response", "result", "controller");

    // Repositories of code and of packages.
    private static readonly ImmutableHashSet<string> OtherSubjects = ImmutableHashSet.Create("git", "svn", "source", "code", "docker", "package", "nuget", "maven", "helm", "npm");

    private readonly BackendModel _model;
    private readonly RepositoryWork _work;
    private readonly UnitsOfWork _units;
    private readonly ConcurrentDictionary<ITypeSymbol, RepositoryKind> _known = new(SymbolEqualityComparer.Default);

    internal Repositories(BackendModel model)
    {
        _model = model;
        _work = new RepositoryWork(model, IsNamedRepository);
        _units = new UnitsOfWork(IsNamedRepository);
    }

    /// <summary>True for a repository and for a unit of work.</summary>
    public bool Contain(ITypeSymbol type) => KindOf(type) is not RepositoryKind.None;

    /// <summary>Returns what a type is. Framework types are none of these.</summary>
    public RepositoryKind KindOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: SpecialType.None } named || AuthorizationAttributes.IsFramework(named))
            return RepositoryKind.None;
        return _known.TryGetValue(named, out var known) ? known : _known.GetOrAdd(named, Classify(named));
    }

    private RepositoryKind Classify(INamedTypeSymbol type)
    {
        if (IsNamedRepository(type))
            return IsRepository(type, _work.Of(type)) ? RepositoryKind.Repository : RepositoryKind.None;
        if (type.Name.EndsWith("Service", StringComparison.Ordinal) || type.Name.EndsWith("Handler", StringComparison.Ordinal) || IsData(type))
            return RepositoryKind.None;
        if (_units.Contain(type))
            return RepositoryKind.UnitOfWork;
        return !OtherRoles.Any(role => type.Name.EndsWith(role, StringComparison.Ordinal)) && OnlyLoadsAndStores(type) && (!_work.IsVisible(type) || _work.Of(type) is SeenWork.Storage)
            ? RepositoryKind.Repository
            : RepositoryKind.None;
    }

    /// <summary>Its name makes a type a repository until its implementation is seen to do something else.</summary>
    private static bool IsRepository(INamedTypeSymbol type, SeenWork work) => work switch
    {
        SeenWork.Storage => true,
        SeenWork.Remote or SeenWork.Coordination => false,
        _ => !IsOfCode(NameWords.Of(type.Name)),
    };

    private static bool IsOfCode(ImmutableArray<string> words)
    {
        var at = words.IndexOf("repository");
        return at > 0 && OtherSubjects.Contains(words[at - 1]);
    }

    /// <summary>True for <c>OrderRepository</c>, <c>IRepository&lt;Order&gt;</c>, <c>RepositoryBase&lt;T&gt;</c>, <c>IRepositoryWithTypedId&lt;T, TId&gt;</c>; not for data that describes a repository.</summary>
    private bool IsNamedRepository(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } named || type.Name.IndexOf("Repository", StringComparison.Ordinal) < 0 || AuthorizationAttributes.IsFramework(type))
            return false;
        var words = NameWords.Of(type.Name);
        var isNamed = words[words.Length - 1] switch
        {
            "repository" => true,
            "async" or "base" => words.Length > 1 && words[words.Length - 2] == "repository",
            var last => named.IsGenericType && words.Contains("repository") && !OtherEndings.Contains(last),
        };
        return isNamed && !IsData(named);
    }

    // An entity, a record, a class with nothing but properties: the description of a source code repository, for example.
    private bool IsData(INamedTypeSymbol type)
    {
        if (type.TypeKind is not TypeKind.Class)
            return false;
        if (type.IsRecord || _model.Entities.IsEntity(type))
            return true;
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (!current.AllInterfaces.IsEmpty || current.GetMembers().Any(static member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public }))
                return false;
        }

        return !type.GetMembers().OfType<IPropertySymbol>().Any(property => property.Type is INamedTypeSymbol { Name: var name } && name.EndsWith("Repository", StringComparison.Ordinal));
    }

    private bool OnlyLoadsAndStores(INamedTypeSymbol type)
    {
        ITypeSymbol? aggregate = null;
        var loads = 0;
        var stores = 0;
        foreach (var member in type.AllInterfaces.Where(_ => type.TypeKind is TypeKind.Interface).SelectMany(static contract => contract.GetMembers()).Concat(type.GetMembers()))
        {
            if (member is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false } || member is IMethodSymbol { MethodKind: not MethodKind.Ordinary })
                continue;
            if (member is not IMethodSymbol method || !IsOf(method.ReturnType.UnwrapTask(), ref aggregate, out var returnsEntity, isResult: true))
                return false;
            var takesEntity = false;
            foreach (var parameter in method.Parameters)
            {
                if (!IsOf(parameter.Type, ref aggregate, out var isEntity, isResult: false))
                    return false;
                takesEntity |= isEntity;
            }

            loads += returnsEntity && !takesEntity ? 1 : 0;
            stores += takesEntity ? 1 : 0;
        }

        return loads > 0 && stores > 0;
    }

    /// <summary>False for a type that a repository of one aggregate has no use for: a DTO, another entity.</summary>
    private bool IsOf(ITypeSymbol type, ref ITypeSymbol? aggregate, out bool isEntity, bool isResult)
    {
        var element = type.ElementTypeOfSequence() ?? type;
        isEntity = _model.Entities.IsEntity(element.WithNullableAnnotation(NullableAnnotation.None));
        if (isEntity)
        {
            aggregate ??= element;
            return SymbolEqualityComparer.Default.Equals(aggregate, element);
        }

        return IsScalar(element) || (isResult ? type.IsTask() : type is { Name: "CancellationToken" or "Expression" });
    }

    private static bool IsScalar(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_Void and <= SpecialType.System_String) or SpecialType.System_DateTime
        || type.TypeKind is TypeKind.Enum
        || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly" }
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsScalar(inner));
}
