using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Libraries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>The logger of a service: the one it has, or one that its constructor takes from now on.</summary>
internal sealed class ServiceLogger
{
    private readonly Func<SyntaxNode, SyntaxNode, SyntaxNode> _add;

    private ServiceLogger(string name, Func<SyntaxNode, SyntaxNode, SyntaxNode>? add = null)
    {
        Name = name;
        _add = add ?? (static (root, _) => root);
    }

    /// <summary>How the code of the service names it.</summary>
    public string Name { get; }

    /// <summary>Returns the logger for the code around a loop, or null where there is none and the constructor must stay as it is.</summary>
    public static async Task<ServiceLogger?> OfAsync(Document document, StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (BackendModel.For(semantics.Compilation).Libraries.Logging is not { } logging || loop.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration
            || semantics.GetDeclaredSymbol(declaration, cancellationToken) is not { } type || IsStatic(loop))
        {
            return null;
        }

        if (Existing(type, declaration, logging, semantics, cancellationToken) is { } name)
            return new ServiceLogger(name);
        if (type.DeclaringSyntaxReferences.Length > 1 || type.IsAbstract || HasOtherLogger(type)
            || !await OnlyTheContainerConstructsAsync(type, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return AddedLogger.For(declaration) is { } added ? new ServiceLogger(added.Name, added.AddTo) : null;
    }

    /// <summary>Returns the file with the logger in the type around a node.</summary>
    public SyntaxNode AddTo(SyntaxNode root, SyntaxNode place) => _add(root, place);

    private static string? Existing(INamedTypeSymbol type, ClassDeclarationSyntax declaration, LoggingLibrary logging, SemanticModel semantics, CancellationToken cancellationToken)
    {
        foreach (var parameter in declaration.ParameterList?.Parameters ?? default)
        {
            if (semantics.GetDeclaredSymbol(parameter, cancellationToken) is { } symbol && logging.IsLogger(symbol.Type) && !IsKept(symbol, declaration))
                return symbol.Name;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                var of = member switch { IFieldSymbol { AssociatedSymbol: null } field => field.Type, IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.Type, _ => null };
                if (of is not null && logging.IsLogger(of) && semantics.IsAccessible(declaration.OpenBraceToken.Span.End, member) && of.NullableAnnotation is not NullableAnnotation.Annotated)
                    return member.Name;
            }
        }

        return null;
    }

    /// <summary>A parameter that a field keeps is used by that field's name: taken twice, it would be captured a second time.</summary>
    private static bool IsKept(IParameterSymbol parameter, ClassDeclarationSyntax declaration) =>
        declaration.Members.SelectMany(static member => member switch
        {
            FieldDeclarationSyntax field => field.Declaration.Variables.Select(static variable => variable.Initializer),
            PropertyDeclarationSyntax property => [property.Initializer],
            _ => [],
        }).Any(initializer => initializer?.Value is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name);

    private static bool HasOtherLogger(INamedTypeSymbol type) =>
        type.GetMembers().Any(static member => member is IFieldSymbol { Type.Name: "ILogger" or "Logger" or "ILog" } or IPropertySymbol { Type.Name: "ILogger" or "Logger" or "ILog" });

    private static bool IsStatic(SyntaxNode loop) => loop.Ancestors().Any(static node => node switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.StaticKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.StaticKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });

    private static async Task<bool> OnlyTheContainerConstructsAsync(INamedTypeSymbol type, Solution solution, CancellationToken cancellationToken)
    {
        if ((await SymbolFinder.FindDerivedClassesAsync(type, solution, cancellationToken: cancellationToken).ConfigureAwait(false)).Any())
            return false;
        foreach (var constructor in type.InstanceConstructors)
        {
            var references = await SymbolFinder.FindReferencesAsync(constructor, solution, cancellationToken).ConfigureAwait(false);
            if (references.Any(static reference => reference.Locations.Any()))
                return false;
        }

        return true;
    }
}
