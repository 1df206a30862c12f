using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>One handler and what is asked about it again and again.</summary>
internal sealed class SplitScope
{
    /// <summary>Each try follows the data flow of the whole handler.</summary>
    private const long MostTextFollowed = 2_000_000;

    private long _followed;

    public SplitScope(SyntaxNode handler, ServiceDependencies dependencies, SemanticModel semantics, string service, CancellationToken cancellationToken)
    {
        Handler = handler;
        Dependencies = dependencies;
        Semantics = semantics;
        Service = service;
        Cancellation = cancellationToken;
        Method = handler is AnonymousFunctionExpressionSyntax
            ? semantics.GetSymbolInfo(handler, cancellationToken).Symbol as IMethodSymbol
            : semantics.GetDeclaredSymbol(handler, cancellationToken) as IMethodSymbol;
    }

    public SyntaxNode Handler { get; }

    public ServiceDependencies Dependencies { get; }

    public SemanticModel Semantics { get; }

    /// <summary>The expression that names the service in the handler.</summary>
    public string Service { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The handler; null in half-typed code.</summary>
    public IMethodSymbol? Method { get; }

    public INamedTypeSymbol? EndpointType => Method?.ContainingType;

    public HttpTypes HttpTypes { get; } = new();

    /// <summary>False where so many regions of the handler have been tried that it is too large to be divided well.</summary>
    public bool MayTryRegion() => (_followed += Handler.Span.Length) < MostTextFollowed;

    public LanguageVersion Language => ((CSharpParseOptions)Handler.SyntaxTree.Options).LanguageVersion;

    public SyntaxNode? Body => Handler switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => null,
    };

    /// <summary>True where a value of the type may be handed to the service, or back: the dependencies themselves stay where they are.</summary>
    public bool CanCross(ITypeSymbol? type, bool isResult) =>
        type is not null && !HttpTypes.Contain(type) && CrossingTypes.CanCross(type, isResult)
        && !Dependencies.Moved.Keys.Concat(Dependencies.Shared.Keys).Any(dependency => SymbolEqualityComparer.Default.Equals(dependency.HeldType(), type.UnwrapTask()));

    public ISymbol? SymbolOf(SyntaxNode node) => Semantics.GetSymbolInfo(node, Cancellation).Symbol;

    /// <summary>True for code that is translated into a query: the values in it are taken before the query is sent.</summary>
    public bool IsInTree(SyntaxNode node) => node.Ancestors().TakeWhile(parent => parent != Handler).Any(parent => parent is AnonymousFunctionExpressionSyntax && IsTree(parent));

    /// <summary>True for a lambda that becomes an expression tree.</summary>
    public bool IsTree(SyntaxNode lambda) => Semantics.GetTypeInfo(lambda, Cancellation).ConvertedType is { Name: "Expression" };

    /// <summary>Returns the method, lambda or local function that a node stands in directly.</summary>
    public IMethodSymbol? FunctionAround(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current == Handler)
                return Method;
            if (current is LocalFunctionStatementSyntax)
                return Semantics.GetDeclaredSymbol(current, Cancellation) as IMethodSymbol;
            if (current is AnonymousFunctionExpressionSyntax)
                return SymbolOf(current) as IMethodSymbol;
        }

        return null;
    }
}
