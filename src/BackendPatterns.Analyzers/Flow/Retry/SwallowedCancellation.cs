using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>A catch clause of a retry that also catches the cancellation of the operation, so that a cancelled operation is tried again.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Operation">How messages name the operation.</param>
/// <param name="Token">The token that the operation was given.</param>
/// <param name="Place">Where the operation is.</param>
internal sealed record SwallowedCancellation(CatchClauseSyntax Clause, string Operation, string Token, Location Place)
{
    /// <summary>Returns those of a retry whose failure <paramref name="isOurs"/>.</summary>
    public static ImmutableArray<SwallowedCancellation> In(RetryLoop retry, BackendModel model, Func<RetryFailure, bool> isOurs)
    {
        var found = ImmutableArray<SwallowedCancellation>.Empty;
        if (RetryScope.Of(retry.Loop, model) is not { } scope)
            return found;
        foreach (var failure in retry.Failures)
        {
            if (failure.Kind is not RetryFailureKind.Exception || !isOurs(failure) || ClauseAt(failure.Location, scope) is not { } clause)
                continue;
            if (CatchesAll(clause, scope) && !ExcludesCancellation(clause, scope) && Attempted(clause, scope) is { } attempted && !LooksAtCancellation((TryStatementSyntax)clause.Parent!, scope))
                found = found.Add(new SwallowedCancellation(clause, attempted.Operation, attempted.Token, attempted.Place));
        }

        return found;
    }

    /// <summary>The clause with this keyword, where the loop is the innermost one around it: for the loop outside it is the inner one's business.</summary>
    private static CatchClauseSyntax? ClauseAt(Location keyword, RetryScope scope)
    {
        if (scope.Loop.Syntax.FindToken(keyword.SourceSpan.Start).Parent is not CatchClauseSyntax { Parent: TryStatementSyntax } clause)
            return null;
        for (var node = clause.Parent; node is not null; node = node.Parent)
        {
            if (node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
                return node == scope.Loop.Syntax ? clause : null;
        }

        return null;
    }

    private static bool CatchesAll(CatchClauseSyntax clause, RetryScope scope) =>
        clause.Declaration is null || (scope.Semantics.GetTypeInfo(clause.Declaration.Type).Type is { Name: "Exception" or "SystemException" } type && type.IsIn("System"));

    /// <summary>A filter that looks at the exception, asks a method or looks at a token may let cancellation out; an earlier clause may catch it.</summary>
    private static bool ExcludesCancellation(CatchClauseSyntax clause, RetryScope scope)
    {
        foreach (var other in ((TryStatementSyntax)clause.Parent!).Catches)
        {
            if (other == clause)
                break;
            if (other.Declaration is { } declared && scope.Semantics.GetTypeInfo(declared.Type).Type.IsCancellation())
                return true;
        }

        if (clause.Filter is null)
            return false;
        var exception = clause.Declaration?.Identifier.ValueText;
        foreach (var node in clause.Filter.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax or IsPatternExpressionSyntax or AwaitExpressionSyntax || (node is IdentifierNameSyntax name && (name.Identifier.ValueText == exception || name.Identifier.ValueText is "IsCancellationRequested")))
                return true;
        }

        return false;
    }

    /// <summary>The operation in the try block that is given a token of the method.</summary>
    private static (string Operation, string Token, Location Place)? Attempted(CatchClauseSyntax clause, RetryScope scope)
    {
        var attempt = ((TryStatementSyntax)clause.Parent!).Block;
        var attempts = new AttemptClassifier(scope.Model, scope.Values);
        IInvocationOperation? first = null;
        (string, string, Location)? found = null;
        foreach (var operation in scope.Operations)
        {
            if (operation is not IInvocationOperation call || !attempt.Span.Contains(call.Syntax.Span) || (first is not null && first.Syntax.SpanStart < call.Syntax.SpanStart) || IsCaughtBefore(call.Syntax, attempt, scope))
                continue;
            if (attempts.ClassifyWithAwait(call) is not { } tried || TokenOf(call) is not { } token)
                continue;
            first = call;
            found = (tried.Name, token, call.Syntax.GetLocation());
        }

        return found;
    }

    /// <summary>The method's own token: a parameter, or the one of the request. A source made for the attempt limits the attempt, and its cancellation is a failure like others.</summary>
    private static string? TokenOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind is not ArgumentKind.Explicit || argument.Value.Type is not { Name: "CancellationToken" } type || !type.IsIn("System.Threading"))
                continue;
            switch (argument.Value.Unwrap())
            {
                case IParameterReferenceOperation parameter:
                    return parameter.Parameter.Name;
                case IPropertyReferenceOperation { Property.Name: "RequestAborted" }:
                    return "RequestAborted";
            }
        }

        return null;
    }

    private static bool IsCaughtBefore(SyntaxNode call, BlockSyntax attempt, RetryScope scope)
    {
        for (var node = call; node is not null && node != attempt; node = node.Parent)
        {
            if (node is not BlockSyntax || node.Parent is not TryStatementSyntax inner || inner.Block != node)
                continue;
            foreach (var clause in inner.Catches)
            {
                if (clause.Declaration is null || scope.Semantics.GetTypeInfo(clause.Declaration.Type).Type is not { } type || type.IsCancellation() || type is { Name: "Exception" or "SystemException" })
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A test of a token, or a call outside the try block that is given one and throws from there. <c>ThrowIfCancellationRequested</c> inside the block only throws into the handler.
    /// </summary>
    private static bool LooksAtCancellation(TryStatementSyntax attempt, RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            var isInside = attempt.Block.Span.Contains(operation.Syntax.Span);
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" or "ApplicationStopping" or "HasShutdownStarted" }:
                case IInvocationOperation { TargetMethod.Name: "CreateLinkedTokenSource" or "CancelAfter" or "Register" or "UnsafeRegister" }:
                case IObjectCreationOperation { Type.Name: "CancellationTokenSource" }:
                case IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" } when !isInside:
                case IInvocationOperation call when !isInside && TakesToken(call):
                case ITypeOfOperation { TypeOperand: var compared } when compared.IsCancellation():
                case IIsTypeOperation { TypeOperand: var tested } when tested.IsCancellation():
                case ITypePatternOperation { MatchedType: var matched } when matched.IsCancellation():
                case IDeclarationPatternOperation { MatchedType: { } declared } when declared.IsCancellation():
                case IRecursivePatternOperation { MatchedType: var shaped } when shaped.IsCancellation():
                    return true;
            }
        }

        return false;
    }

    private static bool TakesToken(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind is ArgumentKind.Explicit && argument.Value.Type is { Name: "CancellationToken" } && argument.Value.Unwrap() is not (IDefaultValueOperation or IPropertyReferenceOperation { Property.Name: "None" }))
                return true;
        }

        return false;
    }
}
