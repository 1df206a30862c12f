using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// The <c>onRetry</c> of a fluent retry for another overload. The overloads hand over the same things in different selections and orders: the outcome, the number of the attempt, the wait,
/// the context.
/// </summary>
internal sealed class RetryCallback(IArgumentOperation argument, FreshNames names)
{
    private enum Role
    {
        Outcome,
        Count,
        Wait,
        Context,
    }

    private static readonly Role[] Short = [Role.Outcome, Role.Wait];
    private static readonly Role[] WithContext = [Role.Outcome, Role.Wait, Role.Context];
    private static readonly Role[] Full = [Role.Outcome, Role.Wait, Role.Count, Role.Context];
    private static readonly Role[] CountedForever = [Role.Outcome, Role.Count, Role.Wait];

    /// <summary>Returns the callback for <c>WaitAndRetry</c> or <c>WaitAndRetryForever</c> with a wait of so many parameters, or null where it cannot be carried over.</summary>
    public ExpressionSyntax? For(bool forever, int waitParameters)
    {
        if (argument.Value.Syntax is not ExpressionSyntax written || argument.Parameter?.Type is not INamedTypeSymbol { DelegateInvokeMethod: { } signature })
            return null;
        var given = signature.Parameters.Select(RoleOf).ToArray();
        if (argument.Value.IsNull() || Wanted(given, forever, waitParameters) is not { } wanted)
            return null;
        if (given.SequenceEqual(wanted))
            return written.WithoutTrivia();
        return written is LambdaExpressionSyntax lambda ? Rewritten(lambda, given, wanted) : Wrapped(written.WithoutTrivia(), given, wanted);
    }

    private static Role RoleOf(IParameterSymbol parameter) => parameter.Type.Name switch
    {
        "Int32" => Role.Count,
        "TimeSpan" => Role.Wait,
        "Context" => Role.Context,
        _ => Role.Outcome,
    };

    private static Role[]? Wanted(Role[] given, bool forever, int waitParameters)
    {
        if (forever)
            return given.Contains(Role.Context) ? null : given.Contains(Role.Count) ? CountedForever : Short;
        if (given.Contains(Role.Count) || waitParameters > 2)
            return Full;
        return given.Contains(Role.Context) || waitParameters > 1 ? WithContext : Short;
    }

    private static ExpressionSyntax? Rewritten(LambdaExpressionSyntax lambda, Role[] given, Role[] wanted)
    {
        var parameters = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => [simple.Parameter],
            ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.ToArray(),
            _ => [],
        };
        if (parameters.Length != given.Length)
            return null;
        var isTyped = parameters.Any(static parameter => parameter.Type is not null);
        var all = wanted.Select(role => Array.IndexOf(given, role) is var at and >= 0 ? parameters[at].WithoutTrivia() : Unused(role, isTyped));
        var list = ParameterList(SeparatedList(all, wanted.Skip(1).Select(static _ => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)))).WithTrailingTrivia(Space);
        return ParenthesizedLambdaExpression(lambda.AttributeLists, lambda.Modifiers, returnType: null, list, lambda.ArrowToken, lambda.Block, lambda.ExpressionBody).WithoutTrailingTrivia();
    }

    private static ParameterSyntax Unused(Role role, bool isTyped)
    {
        // Only the token of this kind is a discard, of which there may be several.
        var unused = Parameter(Identifier(default, SyntaxKind.UnderscoreToken, "_", "_", default));
        return isTyped ? unused.WithType(Backoff.Annotated(ParseTypeName(TypeOf(role))).WithTrailingTrivia(Space)) : unused;
    }

    private static string TypeOf(Role role) => role switch
    {
        Role.Count => "int",
        Role.Wait => "global::System.TimeSpan",
        _ => "global::Polly.Context",
    };

    /// <summary>A method or a delegate is called from a lambda.</summary>
    private ExpressionSyntax? Wrapped(ExpressionSyntax target, Role[] given, Role[] wanted)
    {
        if (target is not (IdentifierNameSyntax or MemberAccessExpressionSyntax))
            return null;
        var named = given.ToDictionary(static role => role, role => names.Take(role switch { Role.Outcome => "outcome", Role.Count => "attempt", Role.Wait => "wait", _ => "context" }));
        var parameters = string.Join(", ", wanted.Select(role => named.TryGetValue(role, out var name) ? name : "_"));
        return ParseExpression($"({parameters}) => {target}({string.Join(", ", given.Select(role => named[role]))})");
    }
}
