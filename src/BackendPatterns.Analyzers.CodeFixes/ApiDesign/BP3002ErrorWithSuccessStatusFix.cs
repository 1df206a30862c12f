using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.ApiDesign;

/// <summary>
/// BP3002: answers with a status that says that it failed: 500 and problem details in a catch, 400 and the same payload in a branch. Clients that read the payload of a 200 have to change, so a
/// person decides each one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP3002ErrorWithSuccessStatusFix() : RuleFix(BP3002ErrorWithSuccessStatusAnalyzer.Id)
{
    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || node.FirstAncestorOrSelf<ReturnStatementSyntax>() is not { Expression: { } written } statement
            || semantics.GetOperation(statement, cancellationToken) is not IReturnOperation returned
            || BP3002ErrorAnswer.Of(returned) is not { } answer
            || AnswerInstead(answer, written) is not { } replacement)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var after = document.WithSyntaxRoot(root.ReplaceNode(written, replacement.WithTriviaFrom(written)));
        var title = answer.IsInCatch ? "Answer 500 with problem details" : "Answer 400 with the same payload";
        return await IfItCompilesAsync(document, statement, after, title, answer.IsInCatch ? "Problem" : "BadRequest", cancellationToken).ConfigureAwait(false);
    }

    private static ExpressionSyntax? AnswerInstead(BP3002ErrorAnswer answer, ExpressionSyntax written)
    {
        // await, casts and conditions around the answer are for a person to change.
        if (answer.Value.Syntax != written)
            return null;
        if (answer.IsInCatch)
            return Call(written, "Problem", TextOf(answer.Payload) is { } text ? SyntaxFactory.Argument(text.WithoutTrivia()) : null);
        return written is InvocationExpressionSyntax { ArgumentList.Arguments: [var argument] } ? Call(written, "BadRequest", argument) : null;
    }

    /// <summary>The same receiver with another method: <c>Results.Ok</c> → <c>Results.BadRequest</c>; an action calls the method of its controller.</summary>
    private static ExpressionSyntax? Call(ExpressionSyntax written, string name, ArgumentSyntax? argument)
    {
        ExpressionSyntax? method = written switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.WithName(SyntaxFactory.IdentifierName(name)),
            InvocationExpressionSyntax { Expression: SimpleNameSyntax } => SyntaxFactory.IdentifierName(name),
            _ => null,
        };
        return method is null
            ? null
            : SyntaxFactory.InvocationExpression(method, SyntaxFactory.ArgumentList(argument is null ? default : SyntaxFactory.SingletonSeparatedList(argument)));
    }

    /// <summary>The text that goes into the problem's detail: what was sent, or its first member that is a text.</summary>
    private static ExpressionSyntax? TextOf(IOperation payload)
    {
        if (payload.Type?.SpecialType is SpecialType.System_String)
            return payload.Syntax as ExpressionSyntax;
        var members = payload switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers,
            IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers,
            _ => ImmutableArray<IOperation>.Empty,
        };
        foreach (var member in members)
        {
            if (member is ISimpleAssignmentOperation { Value: { Type.SpecialType: SpecialType.System_String } value })
                return value.Syntax as ExpressionSyntax;
        }

        return null;
    }
}
