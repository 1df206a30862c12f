using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess.Transactions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5008: a transaction of one's own on a context that retries on failure, begun outside of its execution strategy: its first command throws.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5008TransactionOutsideExecutionStrategyAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5008";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Transaction outside of the execution strategy",
        messageFormat: "'{0}' retries on failure, so the first command in this transaction throws; run the whole transaction through 'Database.CreateExecutionStrategy()'",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A context that repeats failed commands cannot repeat one command of a transaction alone, so EF Core refuses every transaction that was opened outside of its execution strategy: "
            + "'The configured execution strategy does not support user-initiated transactions'. The strategy has to run the whole transaction, from its beginning to its commit, as one delegate.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var library = model.Libraries.EntityFrameworkCore!;
        rule.OnCalls(UserTransactions.CallsThatOpen, (context, call) =>
        {
            if (Find(call, context.CancellationToken) is { } report)
                context.ReportDiagnostic(report);
        });
        // The type of a scope may have another name here.
        rule.OnOperation(
            context =>
            {
                if (Find(context.Operation, context.CancellationToken) is { } report)
                    context.ReportDiagnostic(report);
            },
            OperationKind.ObjectCreation);

        Finding? Find(IOperation operation, CancellationToken cancellation) =>
            UserTransactions.Of(operation, library) is { } transaction && new BP5008RefusedTransaction(model, cancellation).Find(transaction) is { } found
                ? rule.At(PlaceOf(transaction.Operation.Syntax), found.Places, null, found.Context.Name)
                : null;
    }

    /// <summary>The name of the call; the whole construction of a scope.</summary>
    private static Location PlaceOf(SyntaxNode operation) =>
        operation is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } ? member.Name.GetLocation() : operation.GetLocation();
}
