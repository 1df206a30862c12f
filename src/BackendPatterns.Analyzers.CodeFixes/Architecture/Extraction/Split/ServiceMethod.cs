using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>A method of the new service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ReturnType">Its return type, the task included, fully qualified, with the annotation of the simplifier.</param>
/// <param name="Parameters">Its parameters; a cancellation token is the last.</param>
/// <param name="Body">Its body, which uses the dependencies by their names in the service.</param>
/// <param name="IsAsync">True where the body awaits.</param>
public sealed record ServiceMethod(string Name, TypeSyntax ReturnType, ImmutableArray<ServiceParameter> Parameters, BlockSyntax Body, bool IsAsync)
{
    /// <summary>The dependencies that the body uses, moved and shared.</summary>
    public ImmutableArray<ISymbol> Dependencies { get; init; } = ImmutableArray<ISymbol>.Empty;

    /// <summary>The namespaces that the body needs <c>using</c> directives for; those of the types in the signature are simplified.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Returns the method for the service class.</summary>
    public MethodDeclarationSyntax Declaration()
    {
        var modifiers = SyntaxFactory.TokenList(SyntaxFactory.Token(SyntaxKind.PublicKeyword));
        if (IsAsync)
            modifiers = modifiers.Add(SyntaxFactory.Token(SyntaxKind.AsyncKeyword));
        return Signature().WithModifiers(modifiers).WithBody(Body).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Returns the method for the interface.</summary>
    public MethodDeclarationSyntax Contract() =>
        Signature().WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken)).WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>True where another method with another name could stand for this one.</summary>
    internal bool DoesTheSameAs(ServiceMethod other) =>
        ReturnType.IsEquivalentTo(other.ReturnType) && Parameters.Length == other.Parameters.Length
        && Parameters.Zip(other.Parameters, static (own, its) => own.Name == its.Name && own.Type.IsEquivalentTo(its.Type)).All(static isSame => isSame)
        && SyntaxFactory.AreEquivalent(Body, other.Body);

    private MethodDeclarationSyntax Signature() =>
        SyntaxFactory.MethodDeclaration(ReturnType, Name).WithParameterList(SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(
            Parameters.Select(static parameter => SyntaxFactory.Parameter(SyntaxFactory.Identifier(parameter.Name)).WithType(parameter.Type)))));
}
