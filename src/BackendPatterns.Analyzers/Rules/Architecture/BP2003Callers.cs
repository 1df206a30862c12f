using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Services;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>Whether a query leaves the data layer through the members that leak it.</summary>
internal sealed class BP2003Callers(BackendModel model, DataLayer layer)
{
    private readonly Lazy<bool> _hasQueryLibrary = BackendModel.Once(() => model.Compilation.ReferencedAssemblyNames.Any(static name => ClientQueries.IsLibrary(name.Name)));

    /// <summary>
    /// True where a type outside of the data layer goes on with the query, or where nothing in a library does that others call. False where all that call the member belong to
    /// the data layer, where an endpoint needs the query because its library translates the request into it, and where the members of an application are not called at all.
    /// </summary>
    public bool LetQueriesOut(BP2003QueryLeak leak, ImmutableArray<ISymbol> implementations, CancellationToken cancellation)
    {
        var targets = new HashSet<ISymbol>(implementations, SymbolEqualityComparer.Default) { leak.Member.OriginalDefinition };
        var inside = new List<SimpleNameSyntax>();
        var isUsed = false;
        var leaves = false;
        foreach (var name in model.Mentions.Of(leak.Member.Name))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!MayUse(name, leak.Member) || model.SemanticModelOf(name.SyntaxTree) is not { } semantics)
                continue;
            // Whoever cannot be outside is bound later, if at all: binding is what costs.
            var caller = name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? semantics.GetDeclaredSymbol(declaration, cancellation) as INamedTypeSymbol : null;
            if (caller is not null && IsInside(caller, leak.Member.ContainingType))
            {
                inside.Add(name);
                continue;
            }

            if (!Names(name, targets, semantics, cancellation))
                continue;
            isUsed = true;
            if (leak.Composer is { } composer && !Passes(name, composer, semantics, cancellation))
                continue;
            if (!_hasQueryLibrary.Value)
                return true;
            if (WantsQuery(semantics.GetEnclosingSymbol(name.SpanStart, cancellation), caller))
                return false;
            leaves = true;
        }

        return leaves
            || (!isUsed && !_hasQueryLibrary.Value && model.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary
                && !inside.Any(name => Names(name, targets, model.SemanticModelOf(name.SyntaxTree)!, cancellation)));
    }

    /// <summary>False for a name that stands alone, that of a member of the type itself or of one that derives from it, and for calls with more arguments than the method takes, or too few.</summary>
    private static bool MayUse(SimpleNameSyntax name, ISymbol member)
    {
        if (name.Parent is not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax) || (name.Parent is MemberAccessExpressionSyntax access && access.Name != name))
            return false;
        if (member is not IMethodSymbol { Parameters: var parameters } || name.Parent.Parent is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: var count } call || call.Expression != name.Parent)
            return true;
        return parameters is [.., { IsParams: true }] || (count <= parameters.Length && count >= parameters.Count(static parameter => !parameter.IsOptional));
    }

    private static bool Names(SimpleNameSyntax name, HashSet<ISymbol> targets, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetSymbolInfo(name, cancellation).Symbol is { } used && targets.Contains(used.OriginalDefinition);

    private bool IsInside(INamedTypeSymbol caller, INamedTypeSymbol owner) => caller.IsOrDerivesFrom(owner) || caller.IsOrImplements(owner) || layer.Contains(caller);

    /// <summary>True where a call brings a part of the query: the argument is written down and not null.</summary>
    private static bool Passes(SimpleNameSyntax name, IParameterSymbol composer, SemanticModel semantics, CancellationToken cancellation)
    {
        var call = name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax bound } ? bound : name.Parent?.Parent as InvocationExpressionSyntax;
        return call is not null && semantics.GetOperation(call, cancellation) is IInvocationOperation invocation
            && invocation.Arguments.Any(argument =>
                argument.Parameter?.Ordinal == composer.Ordinal && !argument.Value.IsNull()
                && (argument.ArgumentKind is ArgumentKind.Explicit || argument.ParamsValues() is { Count: > 0 }));
    }

    /// <summary>True for an OData endpoint and a GraphQL resolver.</summary>
    private bool WantsQuery(ISymbol? around, INamedTypeSymbol? caller)
    {
        for (var member = around; member is IMethodSymbol method; member = member.ContainingSymbol)
        {
            if (member.GetAttributes().Any(static attribute => ClientQueries.IsOfLibrary(attribute.AttributeClass)) || model.Libraries.Linq.IsQueryable(method.ReturnType.UnwrapTask()))
                return true;
        }

        for (var type = caller; type is not null; type = type.BaseType)
        {
            if (ClientQueries.IsOfLibrary(type) || type.GetAttributes().Any(static attribute => ClientQueries.IsOfLibrary(attribute.AttributeClass)))
                return true;
        }

        return false;
    }
}
