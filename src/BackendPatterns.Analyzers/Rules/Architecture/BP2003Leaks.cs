using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Services;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>The members of repositories and services through which queries leave the data layer.</summary>
internal sealed class BP2003Leaks
{
    private readonly BackendModel _model;
    private readonly BP2003Callers _callers;

    public BP2003Leaks(BackendModel model)
    {
        _model = model;
        _callers = new BP2003Callers(model, new DataLayer(model));
    }

    /// <summary>False for a type that is no repository or service that other projects or types see; cheap.</summary>
    public static bool MayLeak(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Interface, IsStatic: false } && (DataLayer.IsService(type) || DataLayer.IsRepository(type)) && IsPublic(type);

    /// <summary>Returns how a member of such a type leaks a query, where this member is the place to change; otherwise null.</summary>
    public BP2003QueryLeak? At(ISymbol member, CancellationToken cancellation)
    {
        if (BP2003QueryLeak.Of(member, _model.Libraries) is not { } leak || _model.Libraries.EntityFrameworkCore?.IsDbContext(member.ContainingType) == true || IsPromisedElsewhere(member))
            return null;
        var implementations = ImplementationsOf(member, cancellation);
        return IsOfDatabase(leak, implementations) && _callers.LetQueriesOut(leak, implementations, cancellation) ? leak : null;
    }

    /// <summary>Returns the members in source, of the compilation's own, that run when the member is used; itself among them where it has a body.</summary>
    public ImmutableArray<ISymbol> ImplementationsOf(ISymbol member, CancellationToken cancellation)
    {
        if ((member as IMethodSymbol ?? (member as IPropertySymbol)?.GetMethod) is not { } method)
            return ImmutableArray<ISymbol>.Empty;
        return _model.Calls.BodiesOf(method, cancellation).Select(static body => (body.AssociatedSymbol ?? body).OriginalDefinition).ToImmutableArray();
    }

    /// <summary>True where an interface or a base type that this type cannot change, or that is reported itself, asks for the member.</summary>
    private bool IsPromisedElsewhere(ISymbol member) =>
        member.ImplementedMembers().Any(promised => !IsOwn(promised.ContainingType) || MayLeak(promised.ContainingType));

    private bool IsOwn(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(reference => _model.Compilation.ContainsSyntaxTree(reference.SyntaxTree));

    /// <summary>
    /// False for rows in memory behind <c>AsQueryable</c>, for an interface of which the context is the implementation, and for a service of which nothing shows that it reads a database.
    /// </summary>
    private bool IsOfDatabase(BP2003QueryLeak leak, ImmutableArray<ISymbol> implementations)
    {
        var isKnown = leak.Element is { } element && (element is ITypeParameterSymbol || _model.Entities.IsEntity(element));
        foreach (var implementation in implementations)
        {
            if (_model.Libraries.EntityFrameworkCore?.IsDbContext(implementation.ContainingType) == true)
                return false;
            var origin = leak.Composer is null ? OriginOf(implementation) : QueryProvider.Unknown;
            if (origin is QueryProvider.Memory)
                return false;
            isKnown |= origin is QueryProvider.EntityFrameworkCore;
        }

        return isKnown || DataLayer.IsRepository(leak.Member.ContainingType);
    }

    private QueryProvider OriginOf(ISymbol implementation)
    {
        var provider = QueryProvider.Unknown;
        if ((implementation as IMethodSymbol ?? (implementation as IPropertySymbol)?.GetMethod) is not { } method || _model.BodyOf(method) is not { } body)
            return provider;
        foreach (var returned in body.DescendantsAndSelf().OfType<IReturnOperation>())
        {
            if (returned.ReturnedValue is not { } value || returned.EnclosingFunction() is not null)
                continue;
            var query = _model.DataAccess.QueryOf(value);
            var own = query is null ? QueryProvider.Unknown : query.Provider is QueryProvider.Unknown && IsAskedOfRepository(query.Source) ? QueryProvider.EntityFrameworkCore : query.Provider;
            if (own is not QueryProvider.Memory)
                return own;
            provider = own;
        }

        return provider;
    }

    private static bool IsAskedOfRepository(IOperation source) => source switch
    {
        IInvocationOperation { Instance.Type: { } type } => DataLayer.IsRepository(type),
        IPropertyReferenceOperation { Instance.Type: { } type } => DataLayer.IsRepository(type),
        _ => false,
    };

    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not Accessibility.Public)
                return false;
        }

        return true;
    }
}
