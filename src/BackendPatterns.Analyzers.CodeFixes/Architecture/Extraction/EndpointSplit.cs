using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The handlers of an endpoint type without their data access, and what the service then does.</summary>
/// <param name="Container">The type, or the file of top-level statements, with the service in place of what moved.</param>
/// <param name="Methods">The methods of the service; none where nothing that moves is in use.</param>
/// <param name="Takes">What the service takes, with the names there.</param>
/// <param name="Gone">What the type itself does not take any more.</param>
internal sealed record EndpointSplit(
    SyntaxNode Container, ImmutableArray<ServiceMethod> Methods, ImmutableArray<(InjectedValue Value, string Name)> Takes, ImmutableArray<InjectedValue> Gone)
{
    public static EndpointSplit? Of(EndpointShape endpoint, EndpointNames names, out string? refusal, CancellationToken cancellationToken)
    {
        var dependencies = names.Dependencies;
        var draft = new ServiceDraft(dependencies.Moved.Values.Concat(dependencies.Shared.Values).Append(names.Service).Append(names.Parameter));
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        refusal = null;
        foreach (var handler in endpoint.Handlers)
        {
            if (DisposedFields.IsDisposalOf(handler, endpoint))
                continue;
            var own = endpoint.Values.Where(value => value.Handler == handler && value.Moves).ToList();
            if (own.Count == 0 && !Mentions(handler, endpoint))
                continue;
            var service = endpoint.Values.Any(static value => value is { Moves: true, Handler: null }) ? names.Member : names.Parameter;
            if (ActionSplit.Of(handler, dependencies, endpoint.Semantics, draft, service, out refusal, cancellationToken) is not { } split)
                return null;
            draft = split.Draft;
            replaced[handler] = split.Handler;
        }

        var isUnused = draft.Methods.IsEmpty;
        if (isUnused && endpoint.Values.Any(value => value.Moves && (value.Handler is not null || Uses(endpoint.Container, value) > 0)))
            refusal = "data access outside the handlers";
        else if (draft.Methods.Any(method => HandsOut(method, endpoint)))
            refusal = "the service would hand out the data access";
        if (refusal is not null)
            return null;

        var takes = TakesOf(endpoint, draft.Methods, dependencies);
        var cleanup = new EndpointCleanup(GoneFrom(endpoint, replaced), isUnused ? null : names.Contract, names.Member, names.Parameter);
        var container = endpoint.Container.ReplaceNodes(replaced.Keys, (original, _) => WithParameters(original, replaced[original], endpoint, cleanup));
        if (container is TypeDeclarationSyntax type && cleanup.Gone.Any(static value => value.Handler is null))
        {
            if (cleanup.Apply(type) is not { } cleaned)
            {
                refusal = "dependency declared together with another";
                return null;
            }

            container = DisposedFields.Without(cleaned, endpoint);
        }

        return new EndpointSplit(container, draft.Methods, takes, cleanup.Gone);
    }

    /// <summary>True where the endpoint would go on using the context or repository, through a service that only passes it on.</summary>
    private static bool HandsOut(ServiceMethod method, EndpointShape endpoint)
    {
        var signature = string.Join(" ", method.Parameters.Select(static parameter => parameter.Type.ToString()).Append(method.ReturnType.ToString()));
        return signature.Contains("IQueryable<") || endpoint.Values.Any(value => value.Moves && signature.Contains(value.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)));
    }

    private static bool Mentions(SyntaxNode handler, EndpointShape endpoint)
    {
        foreach (var node in handler.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var text } && endpoint.Values.Any(value => value.Moves && value.Symbol.Name == text))
                return true;
        }

        return false;
    }

    private static ImmutableArray<(InjectedValue Value, string Name)> TakesOf(EndpointShape endpoint, ImmutableArray<ServiceMethod> methods, ServiceDependencies dependencies)
    {
        var used = new HashSet<ISymbol>(methods.SelectMany(static method => method.Dependencies), SymbolEqualityComparer.Default);
        return endpoint.Values.Where(value => used.Contains(value.Symbol)).Select(value => (Value: value, Name: dependencies.NameOf(value.Symbol)!))
            .GroupBy(static taken => taken.Name).Select(static same => same.First()).ToImmutableArray();
    }

    /// <summary>What the type does not use any more: what moves, first, and what only moved code used.</summary>
    private static ImmutableArray<InjectedValue> GoneFrom(EndpointShape endpoint, Dictionary<SyntaxNode, SyntaxNode> replaced)
    {
        var changed = endpoint.Container.ReplaceNodes(replaced.Keys, (original, _) => replaced[original]);
        return endpoint.Values.Where(value => value.Handler is null && (value.Moves || (Uses(endpoint.Container, value) > 0 && Uses(changed, value) == 0)))
            .OrderBy(static value => value.Moves ? 0 : 1).ToImmutableArray();
    }

    /// <summary>The uses apart from the assignment in the constructor.</summary>
    private static int Uses(SyntaxNode container, InjectedValue value)
    {
        var uses = 0;
        foreach (var node in container.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == value.Symbol.Name && node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null)
                uses++;
        }

        return uses;
    }

    /// <summary>The handler with the service among its parameters, where data access was.</summary>
    private static SyntaxNode WithParameters(SyntaxNode original, SyntaxNode handler, EndpointShape endpoint, EndpointCleanup cleanup)
    {
        var isInjected = endpoint.Values.Any(static value => value is { Moves: true, Handler: null });
        var hasService = isInjected;
        foreach (var value in endpoint.Values.Where(value => value.Handler == original))
        {
            if (ParametersOf(handler)?.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == value.Symbol.Name) is not { } parameter)
                continue;
            if (value.Moves && !hasService)
                handler = handler.ReplaceNode(parameter, cleanup.WithService(parameter, cleanup.Parameter));
            else if (value.Moves || (UsesName(original, value.Symbol.Name) && !UsesName(handler, value.Symbol.Name)))
                handler = handler.RemoveNode(parameter, SyntaxRemoveOptions.KeepNoTrivia)!;
            hasService |= value.Moves;
        }

        return handler;
    }

    private static bool UsesName(SyntaxNode handler, string name) => handler.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name);

    private static ParameterListSyntax? ParametersOf(SyntaxNode handler) => handler switch
    {
        MethodDeclarationSyntax method => method.ParameterList,
        LocalFunctionStatementSyntax function => function.ParameterList,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList,
        AnonymousMethodExpressionSyntax method => method.ParameterList,
        _ => null,
    };
}
