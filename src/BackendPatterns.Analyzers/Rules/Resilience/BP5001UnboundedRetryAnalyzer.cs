using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5001: a loop repeats a failing operation and nothing ever ends it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5001UnboundedRetryAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5001";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Retry without a bound",
        messageFormat: "'{0}' is retried for as long as it fails and nothing ends the loop; limit the attempts and back off between them",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "While the other side is down, every caller that came in stays in its loop: requests pile up, and the attempts of all of them keep the other side from recovering. Give up after a few attempts, wait longer each time, and let the last failure out.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        rule.OnOperation(
            context =>
            {
                // A hosted service lives as long as the process: trying for ever is its work, and the host stops it.
                if (!MayRunForEver(context.Operation) || model.HostedServices.IsHosted(context.ContainingSymbol))
                    return;
                var loop = context.Operation is ILabeledOperation label ? JumpBackTo(label) : context.Operation;
                if (loop is not null && KnownRetries.Of(loop, model, context.CancellationToken) is { Unbounded: { } failure } retry)
                    context.ReportDiagnostic(rule.At(retry.Keyword.GetLocation(), [failure.Location], null, retry.Operation));
            },
            OperationKind.Loop, OperationKind.Labeled);
    }

    /// <summary>The cheap part of the question: a loop that counts in its head, or runs over a sequence, ends.</summary>
    private static bool MayRunForEver(IOperation operation) => operation switch
    {
        ILabeledOperation or IWhileLoopOperation => true,
        IForLoopOperation loop => loop.AtLoopBottom.IsEmpty || !Compares(loop.Condition),
        _ => false,
    };

    /// <summary>The first jump back to a label. Labels are asked rather than jumps: they are rare, while every <c>break</c> and <c>continue</c> is a jump.</summary>
    private static IOperation? JumpBackTo(ILabeledOperation label)
    {
        var function = label.EnclosingFunction() ?? label.Root();
        foreach (var node in function.Syntax.DescendantNodes())
        {
            if (node is GotoStatementSyntax { Expression: IdentifierNameSyntax name } && name.Identifier.ValueText == label.Label.Name && node.SpanStart > label.Syntax.SpanStart)
                return label.SemanticModel?.GetOperation(node);
        }

        return null;
    }

    private static bool Compares(IOperation? condition) =>
        condition?.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } binary
        && binary.LeftOperand is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Int32 };
}
