using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>An unbounded retry of a shape whose attempts can be counted without touching what happens on success.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Body">Its block.</param>
/// <param name="Try">The one <c>try</c> that stands directly in the body, or null for a loop that repeats on a failed status.</param>
/// <param name="Test">For a loop without <c>try</c>: the <c>if</c> that leaves on success, or that goes on to the next attempt on failure.</param>
/// <param name="Response">For a loop without <c>try</c>: the response that the test looks at.</param>
/// <param name="Wait">The statement that waits, or null.</param>
/// <param name="Function">The member, local function or lambda around the loop.</param>
/// <param name="Token">The name of a cancellation token in scope, or null.</param>
internal sealed record RetryShape(
    StatementSyntax Loop, BlockSyntax Body, TryStatementSyntax? Try, IfStatementSyntax? Test, string? Response, ExpressionStatementSyntax? Wait, SyntaxNode Function, string? Token)
{
    /// <summary>Marks the rewritten loop.</summary>
    public static readonly SyntaxAnnotation Rewritten = new("BackendPatterns.RewrittenRetry");

    /// <summary>The only catch clause, or null for a loop without <c>try</c>.</summary>
    public CatchClauseSyntax? Catch => Try?.Catches[0];

    /// <summary>For a loop without <c>try</c>: the block that is entered on a failed status and ends with <c>continue</c>, or null where success is what is tested.</summary>
    public BlockSyntax? FailedBlock => Test is { Condition: PrefixUnaryExpressionSyntax, Statement: BlockSyntax failed } ? failed : null;

    /// <summary>True where waiting may <c>await</c>.</summary>
    public bool IsAsync => IsAsyncFunction(Function);

    /// <summary>Returns the shape of a reported loop, or null where it is none that can be rewritten.</summary>
    public static RetryShape? Of(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (loop.Parent is not BlockSyntax || BodyOf(loop) is not { } body)
            return null;
        if (loop.FirstAncestorOrSelf<SyntaxNode>(IsFunction) is not { } function)
            return null;
        if (loop.DescendantNodes().Any(node => node is GotoStatementSyntax or LabeledStatementSyntax) || loop.Ancestors().TakeWhile(node => node != function).Any(node => node is LockStatementSyntax))
            return null;
        var tries = body.Statements.OfType<TryStatementSyntax>().Where(statement => statement.Catches.Count > 0).ToList();
        if (tries.Count > 1 || (tries.Count == 1 && tries[0].Catches.Count != 1))
            return null;
        var test = tries.Count == 0 ? StatusTest(body, semantics, cancellationToken) : null;
        if (tries.Count == 0 && test is null)
            return null;
        var waits = WaitsIn(loop, semantics, cancellationToken);
        if (waits.Count > 1 || (waits.Count == 1 && !StandsAfterFailure(waits[0], body, tries.FirstOrDefault(), test?.Statement)))
            return null;
        return new RetryShape(
            loop, body, tries.FirstOrDefault(), test?.Statement, test?.Response, waits.FirstOrDefault(), function, TokenInScope(loop, function, semantics, cancellationToken));
    }

    /// <summary>True for a function that may <c>await</c>.</summary>
    internal static bool IsAsyncFunction(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    /// <summary>True for a member body, local function or lambda.</summary>
    internal static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static BlockSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { Statement: BlockSyntax body } => body,
        DoStatementSyntax { Statement: BlockSyntax body } => body,
        ForStatementSyntax { Statement: BlockSyntax body } => body,
        _ => null,
    };

    /// <summary>The waits that the loop itself makes, as whole statements.</summary>
    private static List<ExpressionStatementSyntax> WaitsIn(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var waits = new List<ExpressionStatementSyntax>();
        foreach (var node in loop.DescendantNodes(node => node == loop || !IsFunction(node)))
        {
            if (node is InvocationExpressionSyntax call && IsWait(call, semantics, cancellationToken) && call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } statement)
                waits.Add(statement);
        }

        return waits;
    }

    private static bool IsWait(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellationToken) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Delay" or "Sleep" }
        && semantics.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ContainingType: { Name: "Task" or "Thread" } type }
        && (type.IsIn("System.Threading.Tasks") || type.IsIn("System.Threading"));

    /// <summary>True for a wait in the handler, or at the end of an iteration: what is only reached after a failure.</summary>
    private static bool StandsAfterFailure(ExpressionStatementSyntax wait, BlockSyntax body, TryStatementSyntax? attempt, IfStatementSyntax? test)
    {
        if (attempt is not null && wait.Parent == attempt.Catches[0].Block)
            return true;
        if (test is { Condition: PrefixUnaryExpressionSyntax })
            return wait.Parent == test.Statement;
        return wait.Parent == body && (attempt is null || wait.SpanStart > attempt.SpanStart);
    }

    /// <summary><c>if (response.IsSuccessStatusCode) return …;</c> or <c>if (!response.IsSuccessStatusCode) { …; continue; }</c> directly in the body.</summary>
    private static (IfStatementSyntax Statement, string Response)? StatusTest(BlockSyntax body, SemanticModel semantics, CancellationToken cancellationToken)
    {
        foreach (var statement in body.Statements)
        {
            if (statement is not IfStatementSyntax { Else: null } test)
                continue;
            var isNegated = test.Condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression };
            var condition = isNegated ? ((PrefixUnaryExpressionSyntax)test.Condition).Operand : test.Condition;
            if (condition is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax response, Name.Identifier.ValueText: "IsSuccessStatusCode" }
                && semantics.GetTypeInfo(response, cancellationToken).Type is { Name: "HttpResponseMessage" } type && type.IsIn("System.Net.Http")
                && (isNegated ? test.Statement is BlockSyntax { Statements: [.., ContinueStatementSyntax] } : semantics.AnalyzeControlFlow(test.Statement) is { Succeeded: true, EndPointIsReachable: false }))
            {
                return (test, response.Identifier.ValueText);
            }
        }

        return null;
    }

    internal static string? TokenInScope(StatementSyntax loop, SyntaxNode function, SemanticModel semantics, CancellationToken cancellationToken)
    {
        for (var current = function; current is not null; current = current.Parent?.FirstAncestorOrSelf<SyntaxNode>(IsFunction))
        {
            var parameters = current switch
            {
                BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
                LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
                ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
                AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Parameters,
                SimpleLambdaExpressionSyntax simple => SyntaxFactory.SingletonSeparatedList(simple.Parameter),
                _ => default,
            };
            foreach (var parameter in parameters)
            {
                if (parameter.SyntaxTree == loop.SyntaxTree && semantics.GetDeclaredSymbol(parameter, cancellationToken) is IParameterSymbol { Type: { Name: "CancellationToken" } type } symbol && type.IsIn("System.Threading"))
                    return symbol.Name;
            }

            if (current is LocalFunctionStatementSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword)
                || current is AnonymousFunctionExpressionSyntax { Modifiers: var lambdaModifiers } && lambdaModifiers.Any(SyntaxKind.StaticKeyword))
            {
                return null;
            }
        }

        return null;
    }
}
