using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.ApiDesign;

/// <summary>
/// BP3002: answers with a status that says that it failed: 500 in a catch, with problem details where they say all that the payload says, 400 and the same payload in a branch. Clients that read
/// the payload of a 200 have to change, so a person decides each one.
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

        var after = document.WithSyntaxRoot(root.ReplaceNode(written, replacement.Answer.WithTriviaFrom(written)));
        return await IfItCompilesAsync(document, statement, after, replacement.Title, replacement.Key, cancellationToken).ConfigureAwait(false);
    }

    private static (ExpressionSyntax Answer, string Title, string Key)? AnswerInstead(BP3002ErrorAnswer answer, ExpressionSyntax written)
    {
        // await, casts and conditions around the answer are for a person to change.
        if (answer.Value.Syntax != written || written is not InvocationExpressionSyntax { Expression: var method, ArgumentList.Arguments: [var payload] })
            return null;
        if (!answer.IsInCatch)
            return Call(method, "BadRequest", payload) is { } refused ? (refused, "Answer 400 with the same payload", "BadRequest") : null;
        if (ProblemTextOf(answer.Payload) is { IsAll: true, Text: var text })
            return Call(method, "Problem", text is null ? [] : [SyntaxFactory.Argument(text.WithoutTrivia())]) is { } problem ? (problem, "Answer 500 with problem details", "Problem") : null;
        var status = SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(500)));
        var value = payload.WithNameColon(null).WithoutTrivia();
        var failed = answer.Value is IInvocationOperation { TargetMethod.ContainingType.Name: "ControllerBase" or "Controller" }
            ? Call(method, "StatusCode", status, value)
            : Call(method, "Json", value, status.WithNameColon(SyntaxFactory.NameColon("statusCode")));
        return failed is null ? null : (failed, "Answer 500 with the same payload", "StatusCode");
    }

    /// <summary>The same receiver with another method: <c>Results.Ok</c> → <c>Results.BadRequest</c>; an action calls the method of its controller.</summary>
    private static ExpressionSyntax? Call(ExpressionSyntax method, string name, params ArgumentSyntax[] arguments)
    {
        ExpressionSyntax? other = method switch
        {
            MemberAccessExpressionSyntax access => access.WithName(SyntaxFactory.IdentifierName(name)),
            SimpleNameSyntax => SyntaxFactory.IdentifierName(name),
            _ => null,
        };
        return other is null ? null : SyntaxFactory.InvocationExpression(other, SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments)));
    }

    /// <summary>The text that goes into the problem's detail, if any, and whether problem details with it say all that the payload says: no second text, number or object.</summary>
    private static (ExpressionSyntax? Text, bool IsAll) ProblemTextOf(IOperation payload)
    {
        if (payload.Type?.SpecialType is SpecialType.System_String)
            return (payload.Syntax as ExpressionSyntax, true);
        var members = payload switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers,
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } => initializer.Initializers,
            _ => default,
        };
        if (members.IsDefault)
            return (null, false);
        ExpressionSyntax? text = null;
        foreach (var member in members)
        {
            if (member is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value })
                return (null, false);
            // success = false, data = null and status = "error" are what 500 says.
            if (value.Unwrap().ConstantValue is { HasValue: true, Value: var constant } && (constant is bool or null || IsStatus(name)))
                continue;
            if (text is not null || value.Type?.SpecialType is not SpecialType.System_String)
                return (null, false);
            text = value.Syntax as ExpressionSyntax;
        }

        return (text, true);
    }

    private static bool IsStatus(string member) => NameWords.Of(member) is [.., "status" or "result" or "state" or "type"];
}
