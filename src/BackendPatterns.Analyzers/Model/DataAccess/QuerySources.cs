using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Who executes a query, told from what it starts with.</summary>
internal sealed class QuerySources(BackendModel model)
{
    /// <summary>How many members may hand a query on to each other.</summary>
    private const int MostDepth = 3;

    /// <summary>How many callers of a private method are looked at.</summary>
    private const int MostCallers = 8;

    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IInvocationOperation>> _callers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IOperation>> _returned = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, QueryProvider> _members = new(SymbolEqualityComparer.Default);

    public KnownLibraries Libraries => model.Libraries;

    /// <summary>Returns all ways to the query that an expression is.</summary>
    public QueryWays WaysTo(IOperation query) => QueryWalk.Of(query, model, this);

    /// <summary>True for what a query of EF Core starts with, with no operator before it: a set, a property of a library, the result of <c>SqlQuery</c>.</summary>
    public bool IsSource(IOperation source) => Libraries.EntityFrameworkCore?.IsDbSet(source.Type) == true || source switch
    {
        IInvocationOperation { TargetMethod: var method } => IsMadeByLibrary(method),
        IPropertyReferenceOperation { Property: var property } => IsIdentityStore(property),
        _ => false,
    };

    /// <summary>
    /// Returns the calls of the private method or local function that a parameter belongs to; default where others may call it too, through a delegate for example, or there are
    /// too many.
    /// </summary>
    public ImmutableArray<IInvocationOperation> CallersOf(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method
            || !(method is { MethodKind: MethodKind.LocalFunction } or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, ExplicitInterfaceImplementations.IsEmpty: true }))
        {
            return default;
        }

        method = method.OriginalDefinition;
        return _callers.TryGetValue(method, out var known) ? known : _callers.GetOrAdd(method, CallersInSource.Of(method, model, MostCallers, TreesOf(method)));
    }

    /// <summary>Returns the values that a method or getter in source returns; default where it has no body here.</summary>
    public ImmutableArray<IOperation> ReturnedBy(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return _returned.TryGetValue(method, out var known) ? known : _returned.GetOrAdd(method, FindReturned(method));
    }

    /// <summary>A private method is called from the files of its type only.</summary>
    private static IEnumerable<SyntaxTree> TreesOf(IMethodSymbol method) =>
        method.ContainingType.DeclaringSyntaxReferences.Select(static reference => reference.SyntaxTree).Distinct();

    private ImmutableArray<IOperation> FindReturned(IMethodSymbol method)
    {
        if (model.BodyOf(method) is not { } body)
            return default;
        var values = ImmutableArray.CreateBuilder<IOperation>();
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            if (current is IReturnOperation { ReturnedValue: { } value })
            {
                values.Add(value);
            }
            else
            {
                foreach (var child in current.ChildOperations.Reverse())
                    pending.Push(child);
            }
        }

        return values.ToImmutable();
    }

    /// <summary>True for all rows of an entity: a set, what <c>Set&lt;T&gt;()</c> returns, and a property or field of an entity's query.</summary>
    public bool IsWhole(IOperation source, ITypeSymbol element) =>
        Libraries.EntityFrameworkCore?.IsDbSet(source.Type) == true || (source is IPropertyReferenceOperation or IFieldReferenceOperation && model.Entities.IsEntity(element));

    /// <summary>Returns the provider of the query that starts with this expression; <paramref name="depth"/> counts the members that were entered to ask.</summary>
    public QueryProvider ProviderOf(IOperation source, int depth)
    {
        if (Libraries.EntityFrameworkCore is not { } entityFramework)
            return QueryProvider.Unknown;
        var type = source.Type;
        if (entityFramework.IsEntityQueryType(type))
            return QueryProvider.EntityFrameworkCore;
        if (!Libraries.Linq.IsQueryable(type))
            return type is IArrayTypeSymbol || source is not IInvocationOperation { Type.TypeKind: TypeKind.Interface } ? QueryProvider.Memory : QueryProvider.Unknown;
        if (type!.ElementTypeOfSequence() is { } element && model.Entities.IsEntity(element))
            return QueryProvider.EntityFrameworkCore;
        return source switch
        {
            IInvocationOperation { TargetMethod: var method } => IsMadeByLibrary(method) ? QueryProvider.EntityFrameworkCore : ProviderBehind(method, depth),
            IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } => IsIdentityStore(property) ? QueryProvider.EntityFrameworkCore : ProviderBehind(getter, depth),
            _ => QueryProvider.Unknown,
        };
    }

    private static bool IsMadeByLibrary(IMethodSymbol method) =>
        method.ContainingNamespace.Is("Microsoft.EntityFrameworkCore") || method.ContainingNamespace.Is("Microsoft.EntityFrameworkCore.ChangeTracking");

    /// <summary><c>UserManager.Users</c> and <c>RoleManager.Roles</c>: their stores are EF Core's in an application that references it.</summary>
    private static bool IsIdentityStore(IPropertySymbol property) =>
        property.Name is "Users" or "Roles" && property.ContainingType.Name is "UserManager" or "RoleManager" && property.ContainingNamespace.Is("Microsoft.AspNetCore.Identity");

    /// <summary><c>IQueryable&lt;Row&gt; Recent() => db.Orders.Select(…)</c>: what every <c>return</c> of a member in source, or of all that may run in its place, starts with.</summary>
    private QueryProvider ProviderBehind(IMethodSymbol member, int depth)
    {
        if (depth >= MostDepth || member.DeclaringSyntaxReferences.IsEmpty)
            return QueryProvider.Unknown;
        member = (member.ReducedFrom ?? member).OriginalDefinition;
        // Only whole answers are kept: deeper down the search ends earlier.
        return depth > 0 ? ReadBodies(member, depth) : _members.GetOrAdd(member, method => ReadBodies(method, depth: 0));
    }

    private QueryProvider ReadBodies(IMethodSymbol member, int depth)
    {
        QueryProvider? provider = null;
        foreach (var body in model.Calls.BodiesOf(member))
        {
            var own = ReadBody(body, depth);
            if (own is QueryProvider.Unknown || (provider is not null && own != provider))
                return QueryProvider.Unknown;
            provider = own;
        }

        return provider ?? QueryProvider.Unknown;
    }

    private QueryProvider ReadBody(IMethodSymbol member, int depth)
    {
        var returned = ReturnedBy(member);
        if (returned.IsDefaultOrEmpty)
            return QueryProvider.Unknown;
        var provider = QueryProvider.Unknown;
        foreach (var value in returned)
        {
            var own = QueryChain.Of(value, this, depth + 1)?.Provider ?? QueryProvider.Unknown;
            if (own is QueryProvider.Unknown || (provider is not QueryProvider.Unknown && own != provider))
                return QueryProvider.Unknown;
            provider = own;
        }

        return provider;
    }
}
