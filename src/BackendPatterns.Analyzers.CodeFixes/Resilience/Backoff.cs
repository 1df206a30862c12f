using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// The code of a wait between attempts with full jitter: any time up to a limit that doubles with every attempt and is capped, so that callers that failed
/// together do not come back together.
/// </summary>
/// <param name="compilation">Tells whether <c>Random.Shared</c> is there.</param>
/// <param name="isAsync">True where the code that waits may <c>await</c>.</param>
/// <param name="token">The name of the cancellation token that ends an awaited wait, or null.</param>
internal sealed class Backoff(Compilation compilation, bool isAsync, string? token)
{
    /// <summary>The limit of the first wait, in milliseconds, where nothing else is known.</summary>
    public const int Start = 100;

    private const int Most = 30_000;

    /// <summary>Returns the wait for a place in a function, with the token that is in scope there; null outside functions.</summary>
    public static Backoff? At(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken) =>
        loop.FirstAncestorOrSelf<SyntaxNode>(RetryShape.IsFunction) is { } function
            ? new Backoff(semantics.Compilation, RetryShape.IsAsyncFunction(function), RetryShape.TokenInScope(loop, function, semantics, cancellationToken))
            : null;

    /// <summary>The same wait without a token.</summary>
    public Backoff WithoutToken() => new(compilation, isAsync, token: null);

    /// <summary>
    /// Returns the time to wait. <paramref name="exponent"/> is an expression that grows by one with every attempt; <paramref name="start"/> is the limit in milliseconds where it is zero.
    /// </summary>
    public ExpressionSyntax Time(string exponent, int start = Start) => Time(exponent, start, Number(start));

    /// <summary>The same for a start that has a name: <paramref name="text"/> is a number of milliseconds that is known to be <paramref name="start"/>.</summary>
    public ExpressionSyntax Time(string exponent, int start, string text)
    {
        var random = compilation.GetTypeByMetadataName("System.Random")?.GetMembers("Shared").IsEmpty == false ? "global::System.Random.Shared" : "new global::System.Random()";
        return Annotated(ParseExpression(
            $"global::System.TimeSpan.FromMilliseconds({random}.NextDouble() * global::System.Math.Min({Number(Math.Max(Most, start))}, {text} * global::System.Math.Pow(2, {exponent})))"));
    }

    /// <summary>Returns a new statement that waits.</summary>
    public StatementSyntax Statement(string exponent)
    {
        var time = Time(exponent).ToFullString();
        return Annotated(ParseStatement(isAsync
            ? $"await global::System.Threading.Tasks.Task.Delay({time}{(token is null ? "" : ", " + token)});"
            : $"global::System.Threading.Thread.Sleep({time});"));
    }

    /// <summary>
    /// Returns an existing <c>Task.Delay</c> or <c>Thread.Sleep</c> statement with another time, and with the token where it is a delay; null keeps the time.
    /// </summary>
    public ExpressionStatementSyntax Waiting(ExpressionStatementSyntax wait, ExpressionSyntax? time)
    {
        var call = CallOf(wait);
        var arguments = call.ArgumentList.Arguments;
        var changed = SeparatedList(arguments.Skip(1).Prepend(time is null ? arguments[0] : arguments[0].WithExpression(time)));
        if (((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText != "Sleep" && token is not null)
            changed = SeparatedList([changed[0], Argument(IdentifierName(token))]);
        return Annotated(wait.ReplaceNode(call.ArgumentList, call.ArgumentList.WithArguments(SeparatedList(changed, changed.Skip(1).Select(_ => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space))))));
    }

    /// <summary>The call that waits in a statement that was recognised as a wait.</summary>
    public static InvocationExpressionSyntax CallOf(ExpressionStatementSyntax wait) =>
        wait.DescendantNodes().OfType<InvocationExpressionSyntax>().First(candidate => candidate.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Delay" or "Sleep" });

    /// <summary>Marks the fully qualified names of new code for shortening.</summary>
    public static T Annotated<T>(T node)
        where T : SyntaxNode =>
        node.ReplaceNodes(
            node.DescendantNodesAndSelf().Where(name => name is MemberAccessExpressionSyntax or QualifiedNameSyntax && name.ToString().StartsWith("global::", StringComparison.Ordinal)),
            static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));

    /// <summary>Milliseconds with the thousands set apart.</summary>
    public static string Number(int milliseconds) =>
        milliseconds < 10_000 ? milliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"{(milliseconds / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture)}_{(milliseconds % 1000).ToString("000", System.Globalization.CultureInfo.InvariantCulture)}";
}
