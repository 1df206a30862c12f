using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A place where <c>await</c> may stand, or may stand once an endpoint is made asynchronous.</summary>
/// <param name="Endpoint">The synchronous action, Razor page handler or minimal API lambda that could be asynchronous; null where the function is asynchronous already.</param>
public sealed record AwaitablePlace(IMethodSymbol? Endpoint)
{
    private static readonly AwaitablePlace InAsyncFunction = new(Endpoint: null);

    /// <summary>Returns the place of an operation, or null where it cannot be awaited: a synchronous function, a <c>lock</c>, an expression tree, a query clause, an exception filter.</summary>
    public static AwaitablePlace? Of(IOperation operation, BackendModel model)
    {
        IMethodSymbol? function = null;
        IAnonymousFunctionOperation? lambda = null;
        for (var current = operation.Parent; current is not null && function is null; current = current.Parent)
        {
            switch (current)
            {
                case ILockOperation or ITranslatedQueryOperation or INameOfOperation:
                    return null;
                case IAnonymousFunctionOperation found:
                    if (found.IsTree(model.Libraries.Linq.Expression))
                        return null;
                    function = found.Symbol;
                    lambda = found;
                    break;
                case ILocalFunctionOperation local:
                    function = local.Symbol;
                    break;
            }
        }

        if (operation.Syntax.FirstAncestorOrSelf<SyntaxNode>(static node => node is CatchFilterClauseSyntax or LockStatementSyntax or StatementSyntax and not BlockSyntax or MemberDeclarationSyntax) is CatchFilterClauseSyntax)
            return null;
        function ??= operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) as IMethodSymbol;
        if (function is null || operation.IsInExpressionTree(model.Libraries.Linq.Expression))
            return null;
        if (function.IsAsync)
            return InAsyncFunction;
        return lambda is null ? OfMethod(function, operation, model) : OfLambda(lambda, model);
    }

    private static AwaitablePlace? OfMethod(IMethodSymbol method, IOperation operation, BackendModel model)
    {
        // Top-level statements may await, but run once.
        if (method is not { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsOverride: false, IsAbstract: false, DeclaredAccessibility: Accessibility.Public, IsStatic: false }
            || method.ReturnType.IsTask() || method.Parameters.Any(static parameter => parameter.RefKind is not RefKind.None)
            || model.Endpoints?.Controllers is not { } controllers || !(IsPageHandler(method, model) || (controllers.Contain(method.ContainingType) && controllers.ActionsOf(method.ContainingType).Contains(method, SymbolEqualityComparer.Default))))
        {
            return null;
        }

        return method.ImplementedMembers().Any() || IsIterator(operation) || TakesRowsLazily(method) ? null : new AwaitablePlace(method);
    }

    /// <summary>
    /// <c>OnGet</c>, <c>OnPostSave</c> of a page model; with <c>Task</c> as result they keep their name
    /// (https://learn.microsoft.com/aspnet/core/razor-pages/#multiple-handlers-per-page).
    /// </summary>
    private static bool IsPageHandler(IMethodSymbol method, BackendModel model) =>
        RazorPages.IsHandler(method) && method.ContainingType.IsOrDerivesFrom(model.Libraries.AspNetCore?.PageModel);

    private static AwaitablePlace? OfLambda(IAnonymousFunctionOperation lambda, BackendModel model) =>
        model.Endpoints?.MapCallOf(lambda) is not null && !lambda.Symbol.ReturnType.IsTask() ? new AwaitablePlace(lambda.Symbol) : null;

    /// <summary>An asynchronous method cannot return a sequence that is read while it is written to the client.</summary>
    private static bool TakesRowsLazily(IMethodSymbol method) => method.ReturnType is { Name: "IAsyncEnumerable" };

    private static bool IsIterator(IOperation operation) =>
        operation.Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Body?.DescendantNodes(static node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(static node => node.IsKind(SyntaxKind.YieldReturnStatement) || node.IsKind(SyntaxKind.YieldBreakStatement)) == true;
}
