using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Methods in source that take a query and skip rows of it without ordering them: <c>query.ToPageAsync(page, size)</c>.</summary>
internal sealed class PagingMethods(BackendModel model)
{
    private readonly ConcurrentDictionary<IMethodSymbol, IParameterSymbol?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Returns the parameter whose rows a method skips in the order in which they come, or null where it does not, orders them itself, or is not the only one that may run.</summary>
    public IParameterSymbol? SkippedParameterOf(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsVirtual || method.IsOverride || !TakesQuery(method))
            return null;
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return _known.TryGetValue(method, out var known) ? known : _known.GetOrAdd(method, Find(method));
    }

    private bool TakesQuery(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsUnordered(parameter.Type))
                return true;
        }

        return false;
    }

    private bool IsUnordered(ITypeSymbol type) => type.TypeKind is TypeKind.Interface && type.Name is "IQueryable" && model.Libraries.Linq.IsQueryable(type);

    /// <summary>Asked before the body is bound.</summary>
    private static bool MentionsSkip(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            foreach (var token in reference.GetSyntax().DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "Skip")
                    return true;
            }
        }

        return false;
    }

    private IParameterSymbol? Find(IMethodSymbol method)
    {
        if (!MentionsSkip(method) || model.BodyOf(method) is not { } body)
            return null;
        foreach (var operation in body.Descendants())
        {
            if (operation is not IInvocationOperation { TargetMethod: { Name: "Skip", ContainingType.Name: "Queryable" } } call || call.ArgumentAt(0) is not { } query
                || call.IsInExpressionTree(model.Libraries.Linq.Expression) || model.DataAccess.QueryOf(query) is not { } chain)
            {
                continue;
            }

            var stops = QueryOrder.NearestIn(chain.Ways);
            if (QueryOrder.IsMissing(stops) && stops is { Parameters: [var only], Sources.IsEmpty: true, Operators.IsEmpty: true } && IsUnordered(only.Type)
                && SymbolEqualityComparer.Default.Equals(only.ContainingSymbol, method))
            {
                return only;
            }
        }

        return null;
    }
}
