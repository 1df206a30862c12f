using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>What the configuration code of this compilation says with a model builder, per configured type. Conditions around a call are not looked at: a call counts.</summary>
internal sealed class FluentConfiguration
{
    private readonly Dictionary<ITypeSymbol, TypeConfiguration> _types = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _ignoredTypes = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _ownedTypes = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ITypeSymbol, Lazy<FluentConfiguration>> _ofOneType = new(SymbolEqualityComparer.Default);

    private FluentConfiguration()
    {
    }

    /// <summary>Reads these methods and the methods of this compilation that they pass a builder to; those that speak of one type only are read when something is asked about it.</summary>
    public static FluentConfiguration Read(BackendModel model, ImmutableArray<IMethodSymbol> methods)
    {
        var ofOneType = methods.ToLookup(ConfiguredType.Of, SymbolEqualityComparer.Default);
        var configuration = Read(model, ofOneType[null], methods);
        foreach (var ofType in ofOneType)
        {
            if (ofType.Key is ITypeSymbol type)
                configuration._ofOneType.Add(type, BackendModel.Once(() => Read(model, ofType, methods)));
        }

        return configuration;
    }

    private static FluentConfiguration Read(BackendModel model, IEnumerable<IMethodSymbol> methods, ImmutableArray<IMethodSymbol> all)
    {
        var configuration = new FluentConfiguration();
        var pending = new Queue<IMethodSymbol>(methods);
        var seen = new HashSet<IMethodSymbol>(all, SymbolEqualityComparer.Default);
        while (pending.Count > 0)
        {
            foreach (var reference in pending.Dequeue().DeclaringSyntaxReferences)
            {
                if (model.SemanticModelOf(reference.SyntaxTree)?.GetOperation(reference.GetSyntax()) is not { } body)
                    continue;
                foreach (var called in configuration.Add(body))
                {
                    if (seen.Add(called))
                        pending.Enqueue(called);
                }
            }
        }

        return configuration;
    }

    /// <summary>True where <c>Entity&lt;T&gt;()</c> makes the type an entity.</summary>
    public bool Declares(ITypeSymbol type) => _types.TryGetValue(type, out var configuration) && configuration.IsEntity;

    /// <summary>True where any entity has a global query filter.</summary>
    public bool HasQueryFilters { get; private set; }

    /// <summary>True for <c>Ignore&lt;T&gt;()</c>: properties of that type are not stored.</summary>
    public bool IsIgnored(ITypeSymbol type) => _ignoredTypes.Contains(type);

    /// <summary>True for <c>Owned&lt;T&gt;()</c>.</summary>
    public bool IsOwned(ITypeSymbol type) => _ownedTypes.Contains(type);

    /// <summary>Returns what is said about a type: about itself, its base types and (in configuration bases such as <c>Configuration&lt;T&gt; where T : Entity</c>) its constraints.</summary>
    public IEnumerable<TypeConfiguration> Of(ITypeSymbol type)
    {
        var types = new List<ITypeSymbol>();
        for (var current = type; current is not null; current = current.BaseType)
            types.Add(current);
        types.AddRange(type.AllInterfaces);
        var sources = new List<FluentConfiguration> { this };
        foreach (var current in types)
        {
            if (_ofOneType.TryGetValue(current, out var ofCurrent))
                sources.Add(ofCurrent.Value);
        }

        foreach (var current in types)
        {
            foreach (var source in sources)
            {
                if (source._types.TryGetValue(current, out var configuration))
                    yield return configuration;
            }
        }
    }

    private List<IMethodSymbol> Add(IOperation body)
    {
        var helpers = new List<IMethodSymbol>();
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call)
                continue;
            if (call.TargetMethod.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore"))
                Add(call);
            else if (call.Arguments.Any(argument => IsBuilder(argument.Value.Type)))
                helpers.Add((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition);
        }

        return helpers;
    }

    private static bool IsBuilder(ITypeSymbol? type) =>
        type is { Name: "ModelBuilder" or "EntityTypeBuilder" or "OwnedNavigationBuilder" or "ComplexPropertyBuilder" } && type.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore");

    private void Add(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "Entity" when method.TypeArguments is [var entity]:
                foreach (var subject in Subjects(entity))
                    Entry(subject, isEntity: true);
                break;
            case "Ignore" when method.TypeArguments is [var ignored]:
                _ignoredTypes.Add(ignored);
                break;
            case "Owned" when method.TypeArguments is [var owned]:
                _ownedTypes.Add(owned);
                break;
            case "HasQueryFilter":
                HasQueryFilters = true;
                break;
            case "IsUnique" when call.Instance?.Unwrap() is IInvocationOperation { TargetMethod.Name: "HasIndex" } index && !IsFiltered(call) && IsTrue(call):
                foreach (var subject in SubjectsOf(index))
                    Entry(subject).AddUnique(MembersIn(index));
                break;
            case "HasConversion" when PropertyOf(call) is { } property:
                foreach (var subject in SubjectsOf(property))
                    Entry(subject).AddConverted(MembersIn(property));
                break;
            case "ToJson" when call.Receiver()?.Unwrap() is { } builder:
                AddJson(builder);
                break;
            case "AutoInclude" when call.Instance?.Unwrap() is IInvocationOperation { TargetMethod.Name: "Navigation" } navigation && IsTrue(call):
                foreach (var subject in SubjectsOf(navigation))
                    Entry(subject).AddAutoIncluded(MembersIn(navigation));
                break;
            default:
                AddMembers(call);
                break;
        }
    }

    /// <summary><c>Property(x => x.Secret)</c> before <c>.IsRequired().HasConversion(…)</c>.</summary>
    private static IInvocationOperation? PropertyOf(IInvocationOperation call)
    {
        var current = call.Receiver()?.Unwrap() as IInvocationOperation;
        while (current is not null && current.TargetMethod.Name is not "Property")
            current = current.Receiver()?.Unwrap() as IInvocationOperation;
        return current;
    }

    private void AddMembers(IInvocationOperation call)
    {
        if (TypeConfiguration.RoleOf(call.TargetMethod.Name) is not { } role)
            return;
        foreach (var subject in SubjectsOf(call))
            Entry(subject).Add(role, MembersIn(call));
    }

    /// <summary><c>OwnsOne(x => x.Address).ToJson()</c>, or <c>ToJson()</c> on the builder inside <c>OwnsOne(x => x.Address, a => …)</c>: then every property of that type.</summary>
    private void AddJson(IOperation builder)
    {
        if (builder is IInvocationOperation { TargetMethod.Name: "OwnsOne" or "OwnsMany" or "ComplexProperty" or "ComplexCollection" } call)
        {
            foreach (var subject in SubjectsOf(call))
                Entry(subject).Add(MemberRole.Json, MembersIn(call));
        }
        else if (builder.Type is INamedTypeSymbol { Name: "OwnedNavigationBuilder", TypeArguments: [_, var dependent] })
        {
            Entry(dependent).IsJson = true;
        }
        else if (builder.Type is INamedTypeSymbol { Name: "ComplexPropertyBuilder" or "ComplexCollectionBuilder", TypeArguments: [var complex] })
        {
            Entry(complex).IsJson = true;
        }
    }

    private TypeConfiguration Entry(ITypeSymbol type, bool isEntity = false)
    {
        if (!_types.TryGetValue(type, out var configuration))
            _types.Add(type, configuration = new TypeConfiguration());
        configuration.IsEntity |= isEntity;
        return configuration;
    }

    private static IEnumerable<ITypeSymbol> SubjectsOf(IInvocationOperation call) => call.TargetMethod.ContainingType switch
    {
        { Name: "EntityTypeBuilder" or "ComplexPropertyBuilder", TypeArguments: [var entity] } => Subjects(entity),
        { Name: "OwnedNavigationBuilder", TypeArguments: [_, var dependent] } => Subjects(dependent),
        _ => call.Instance?.Type is INamedTypeSymbol { Name: "EntityTypeBuilder", TypeArguments: [var entity] } ? Subjects(entity) : [],
    };

    private static IEnumerable<ITypeSymbol> Subjects(ITypeSymbol type) => type is ITypeParameterSymbol parameter ? parameter.ConstraintTypes : new[] { type };

    private static bool IsTrue(IInvocationOperation call) => call.Arguments.IsEmpty || call.Arguments[^1].Value.ConstantValue is { HasValue: true, Value: true };

    private static bool IsFiltered(IInvocationOperation call)
    {
        for (IOperation? outer = call.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IInvocationOperation { TargetMethod.Name: "HasFilter" })
                return true;
            if (outer is not (IInvocationOperation or IArgumentOperation or IConversionOperation))
                return false;
        }

        return false;
    }

    /// <summary>The names of the members that a call selects: <c>x => x.A</c>, <c>x => new { x.A, x.B }</c>, <c>"A", "B"</c>. Default where that cannot be read.</summary>
    private static ImmutableArray<string> MembersIn(IInvocationOperation call)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is not { } type || argument.ArgumentKind is ArgumentKind.DefaultValue)
                continue;
            if (argument.Value.AsLambda() is { } lambda)
            {
                if (lambda.Symbol.ReturnsVoid)
                    continue;
                if (!AddSelected(lambda, names))
                    return default;
            }
            else if (argument.Parameter.Ordinal == 0 || argument.Parameter.IsParams)
            {
                if (type.SpecialType is not SpecialType.System_String && type is not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String })
                    continue;
                if (!AddConstants(argument.Value, names))
                    return default;
            }
        }

        return names.ToImmutable();
    }

    private static bool AddSelected(IAnonymousFunctionOperation lambda, ImmutableArray<string>.Builder names)
    {
        if (lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } value }])
            return false;
        switch (value.Unwrap())
        {
            case IPropertyReferenceOperation property:
                names.Add(property.Property.Name);
                return true;
            case IAnonymousObjectCreationOperation several:
                foreach (var initializer in several.Initializers)
                {
                    if (initializer is not ISimpleAssignmentOperation { Value: var part } || part.Unwrap() is not IPropertyReferenceOperation selected)
                        return false;
                    names.Add(selected.Property.Name);
                }

                return true;
            default:
                return false;
        }
    }

    private static bool AddConstants(IOperation value, ImmutableArray<string>.Builder names)
    {
        if (value.ConstantValue is { HasValue: true, Value: string name })
        {
            names.Add(name);
            return true;
        }

        if (value.Unwrap() is not IArrayCreationOperation { Initializer: { } elements })
            return false;
        foreach (var element in elements.ElementValues)
        {
            if (element.ConstantValue is not { HasValue: true, Value: string part })
                return false;
            names.Add(part);
        }

        return true;
    }
}
