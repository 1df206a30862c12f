using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>Whether a channel may become bounded: nobody writes to it who would lose what does not fit, or wait for himself.</summary>
public static class ChannelWriters
{
    private const int MostMentions = 200;

    private static readonly HashSet<string> OfWriter = new(StringComparer.Ordinal) { "Complete", "TryComplete", "WaitToWriteAsync" };

    /// <summary>
    /// True where the channel is kept private and every use of it is seen: reads, and writes of requests that await <c>WriteAsync</c> or decide by the answer of <c>TryWrite</c>. A write outside of
    /// requests may stand in the reader itself, which would wait for itself for ever.
    /// </summary>
    public static bool AllHeed(ISymbol home, BackendModel model, CancellationToken cancellation)
    {
        if (home.DeclaredAccessibility is not Accessibility.Private || model.Endpoints is not { } endpoints)
            return false;
        var mentions = 0;
        foreach (var name in model.Mentions.Of(home.Name))
        {
            if (model.SemanticModelOf(name.SyntaxTree) is not { } semantics || !SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, home.OriginalDefinition))
                continue;
            if (++mentions > MostMentions || !IsHarmless(name, semantics, model, endpoints, cancellation))
                return false;
        }

        return mentions > 0;
    }

    private static bool IsHarmless(SimpleNameSyntax name, SemanticModel semantics, BackendModel model, EndpointModel endpoints, CancellationToken cancellation)
    {
        ExpressionSyntax expression = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name;
        if (expression.Parent is AssignmentExpressionSyntax assignment && assignment.Left == expression)
            return true;
        if (expression.Parent is not MemberAccessExpressionSyntax member || member.Expression != expression)
            return false;
        if (member.Name.Identifier.ValueText == "Reader")
            return true;
        var called = member.Name.Identifier.ValueText == "Writer" ? member.Parent as MemberAccessExpressionSyntax : member;
        if (called?.Parent is not InvocationExpressionSyntax invocation || invocation.Expression != called)
            return false;
        return OfWriter.Contains(called.Name.Identifier.ValueText)
            || (semantics.GetOperation(invocation, cancellation) is IInvocationOperation write && endpoints.RequestCode.Contains(write, cancellation) && Heeds(write, model));
    }

    private static bool Heeds(IInvocationOperation write, BackendModel model)
    {
        var value = write.WithConversions();
        if (value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } configured)
            value = configured.WithConversions();
        return write.TargetMethod.Name switch
        {
            "WriteAsync" => value.Parent is IAwaitOperation || (value.Parent is IReturnOperation && AreAwaited(write, model)),
            "TryWrite" => Decides(value) || (value.Parent is IReturnOperation && AreDecidedBy(write, model)),
            _ => false,
        };
    }

    private static bool Decides(IOperation answer) => answer.Parent switch
    {
        IConditionalOperation condition => condition.Condition == answer,
        IUnaryOperation negation => Decides(negation),
        _ => false,
    };

    private static bool AreAwaited(IOperation write, BackendModel model) => CallersHeed(write, model, static value => value.Parent is IAwaitOperation);

    private static bool AreDecidedBy(IOperation write, BackendModel model) => CallersHeed(write, model, Decides);

    private static bool CallersHeed(IOperation write, BackendModel model, Func<IOperation, bool> heeds)
    {
        if (write.EnclosingFunction() is not null || write.MemberAround() is not IMethodSymbol method)
            return false;
        var calls = CallersInSource.Handful(method, model);
        return !calls.IsDefaultOrEmpty && calls.All(call => heeds(call.WithConversions()));
    }
}
