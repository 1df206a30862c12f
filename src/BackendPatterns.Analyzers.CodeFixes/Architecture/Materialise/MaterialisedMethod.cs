using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>One declaration of a method that returns a query and shall return rows: in an interface, abstract, or with a body that builds the query.</summary>
internal sealed class MaterialisedMethod
{
    private const string Token = "cancellationToken";

    private MaterialisedMethod(BulkMember member, ImmutableArray<ExpressionSyntax> returned)
    {
        Document = member.Document;
        Method = member.Method;
        Syntax = member.Declaration;
        Returned = returned;
    }

    public Document Document { get; }

    public IMethodSymbol Method { get; }

    public MethodDeclarationSyntax Syntax { get; }

    /// <summary>The queries that the body returns.</summary>
    public ImmutableArray<ExpressionSyntax> Returned { get; }

    public bool HasBody => !Returned.IsEmpty;

    /// <summary>The types that the changed declaration names, with their namespaces.</summary>
    public (string Namespace, string Type)[] Names =>
    [
        ("System.Collections.Generic", "IReadOnlyList"), ("System.Threading", "CancellationToken"), ("System.Threading.Tasks", "Task"),
        .. HasBody ? new[] { ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions") } : [],
    ];

    /// <summary>False for a declaration that cannot be rewritten as it is written; cheap.</summary>
    public static bool HasShape(MethodDeclarationSyntax declaration) =>
        RowOf(declaration) is not null && declaration is { TypeParameterList: null, AttributeLists.Count: 0 }
        && !declaration.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.PartialKeyword) || modifier.IsKind(SyntaxKind.UnsafeKeyword) || modifier.IsKind(SyntaxKind.ExternKeyword) || modifier.IsKind(SyntaxKind.NewKeyword))
        && !declaration.ParameterList.Parameters.Any(static parameter => parameter.Modifiers.Any())
        && !declaration.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Token);

    /// <summary>Returns the declaration, or null where its body is no plain query of EF Core.</summary>
    public static MaterialisedMethod? Of(BulkMember member, CancellationToken cancellationToken)
    {
        var declaration = member.Declaration;
        if (!HasShape(declaration) || member.Method.Parameters.Any(static parameter => parameter.Type is { Name: "CancellationToken" }))
            return null;
        var returned = ReturnedBy(declaration);
        if (declaration is { Body: not null } or { ExpressionBody: not null } && returned.IsEmpty)
            return null;
        var model = BackendModel.For(member.Semantics.Compilation);
        foreach (var value in returned)
        {
            // Nothing can be awaited in a lock, and what a block disposes or catches would be disposed or caught later than the rows are loaded.
            if (value.Ancestors().TakeWhile(node => node != declaration).Any(static node => node is LockStatementSyntax or TryStatementSyntax or UsingStatementSyntax or UnsafeStatementSyntax or FixedStatementSyntax)
                || member.Semantics.GetOperation(value, cancellationToken) is not { } operation || model.DataAccess.QueryOf(operation) is not { Provider: QueryProvider.EntityFrameworkCore })
            {
                return null;
            }
        }

        return new MaterialisedMethod(member, returned);
    }

    /// <summary>Adds the changes of the declaration, by the nodes that they replace.</summary>
    public void AddTo(Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> changes, string name)
    {
        changes[Syntax] = current => WithSignature((MethodDeclarationSyntax)current, name);
        foreach (var value in Returned)
            changes[value] = _ => Awaited(value);
    }

    private MethodDeclarationSyntax WithSignature(MethodDeclarationSyntax current, string name)
    {
        var rows = SyntaxFactory.ParseTypeName($"Task<IReadOnlyList<{RowOf(Syntax)!.WithoutTrivia()}>>").WithTriviaFrom(current.ReturnType);
        var isExplicit = current.ExplicitInterfaceSpecifier is not null;
        var token = SyntaxFactory.Parameter(SyntaxFactory.Identifier(Token)).WithType(SyntaxFactory.ParseTypeName("CancellationToken").WithTrailingTrivia(SyntaxFactory.Space));
        if (!isExplicit)
        {
            token = token.WithIdentifier(token.Identifier.WithTrailingTrivia(SyntaxFactory.Space)).WithDefault(SyntaxFactory.EqualsValueClause(
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression)));
        }

        var parameters = current.ParameterList.Parameters;
        parameters = parameters.Count == 0 ? parameters.Add(token) : SyntaxFactory.SeparatedList(
            parameters.Append(token), parameters.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)));
        var changed = current.WithReturnType(rows)
            .WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(current.Identifier))
            .WithParameterList(current.ParameterList.WithParameters(parameters));
        return HasBody ? AsAsync(changed) : changed;
    }

    private static MethodDeclarationSyntax AsAsync(MethodDeclarationSyntax method)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return method.Modifiers.Any()
            ? method.AddModifiers(keyword)
            : method.WithReturnType(method.ReturnType.WithoutLeadingTrivia()).AddModifiers(keyword.WithLeadingTrivia(method.GetLeadingTrivia()));
    }

    private static ExpressionSyntax Awaited(ExpressionSyntax query) => SyntaxFactory.AwaitExpression(
        SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(query.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
        FluentChain.AppendCalls(query, [("ToListAsync", SyntaxFactory.IdentifierName(Token))]).WithoutLeadingTrivia());

    /// <summary>Returns <c>T</c> of <c>IQueryable&lt;T&gt;</c> as it is written, or null for any other type.</summary>
    private static TypeSyntax? RowOf(MethodDeclarationSyntax declaration)
    {
        var type = declaration.ReturnType is QualifiedNameSyntax qualified ? qualified.Right : declaration.ReturnType;
        return type is GenericNameSyntax { Identifier.ValueText: "IQueryable" or "IOrderedQueryable", TypeArgumentList.Arguments: [var row] } ? row : null;
    }

    private static ImmutableArray<ExpressionSyntax> ReturnedBy(MethodDeclarationSyntax declaration)
    {
        if (declaration.ExpressionBody is { Expression: var value })
            return ImmutableArray.Create(value);
        return declaration.Body is null
            ? ImmutableArray<ExpressionSyntax>.Empty
            : declaration.Body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).OfType<ExpressionSyntax>().ToImmutableArray();
    }
}
