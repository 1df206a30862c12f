using BackendPatterns.Analyzers.Model.DataAccess.Transactions;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>The statements that a transaction begins and ends in, all of one block.</summary>
/// <param name="Block">The block.</param>
/// <param name="First">The index of the statement that opens the transaction.</param>
/// <param name="Last">The index of the last statement that mentions it, or of a <c>return</c> right behind that only hands out what was read.</param>
/// <param name="Function">The member, local function or lambda around it.</param>
/// <param name="Context">The text of the context, empty where the code stands in the context itself.</param>
/// <param name="Token">The cancellation token that the transaction begins with, or null.</param>
internal sealed record TransactionUnit(BlockSyntax Block, int First, int Last, SyntaxNode Function, string Context, ExpressionSyntax? Token)
{
    public IEnumerable<StatementSyntax> Statements => Block.Statements.Skip(First).Take(Last - First + 1);

    public StatementSyntax FirstStatement => Block.Statements[First];

    public StatementSyntax LastStatement => Block.Statements[Last];

    /// <summary>The text of the context's facade.</summary>
    public string Facade => Context.Length == 0 ? "Database" : Context + ".Database";

    /// <summary>True where a node stands in the unit.</summary>
    public bool Contains(SyntaxNode node) => node.SpanStart >= FirstStatement.SpanStart && node.Span.End <= LastStatement.Span.End;

    /// <summary>Returns the unit of the transaction that a marked node opens, or null where it is none that can be moved.</summary>
    public static TransactionUnit? Around(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var opening = node.FirstAncestorOrSelf<ExpressionSyntax>(static expression => expression is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
        if (opening?.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement
            || opening.FirstAncestorOrSelf<SyntaxNode>(RetryShape.IsFunction) is not { } function || !function.Span.Contains(block.Span)
            || EntityFrameworkCore.In(semantics.Compilation) is not { } library
            || semantics.GetOperation(opening, cancellationToken) is not { } operation || UserTransactions.Of(operation, library) is not { Kind: not TransactionKind.Joined } transaction)
        {
            return null;
        }

        var first = block.Statements.IndexOf(statement);
        if (LastOf(statement, opening, block, first, transaction.Kind) is not { } last || first < 0)
            return null;
        if (last + 1 < block.Statements.Count && block.Statements[last + 1] is ReturnStatementSyntax { Expression: { } value } && !value.DescendantNodesAndSelf().Any(static inner => inner is AwaitExpressionSyntax))
            last++;
        var unit = new TransactionUnit(block, first, last, function, "", TokenOf(opening, semantics, cancellationToken));
        return (transaction.Kind is TransactionKind.Ambient ? unit.ContextInside(semantics, library, cancellationToken) : ContextOf(opening)) is { } context ? unit with { Context = context } : null;
    }

    private static int? LastOf(StatementSyntax statement, ExpressionSyntax opening, BlockSyntax block, int first, TransactionKind kind)
    {
        switch (statement)
        {
            case UsingStatementSyntax:
                return first;
            case LocalDeclarationStatementSyntax { Declaration.Variables: [var variable] } declaration:
                var isUsing = declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword);
                var last = LastMention(variable.Identifier.ValueText, block, first);
                return last > first ? (isUsing || EndsInTry(block, first) ? last : null) : isUsing ? block.Statements.Count - 1 : null;
            case ExpressionStatementSyntax { Expression: AwaitExpressionSyntax or InvocationExpressionSyntax } when kind is TransactionKind.Begun && EndsInTry(block, first):
                return LastEnd(ContextOf(opening), block, first);
            default:
                return null;
        }
    }

    /// <summary>A run that fails has to end its transaction, else the next one finds it open: by <c>using</c>, or in a <c>catch</c> or <c>finally</c> around all that follows.</summary>
    private static bool EndsInTry(BlockSyntax block, int first) =>
        first + 1 < block.Statements.Count && block.Statements[first + 1] is TryStatementSyntax attempt
        && (attempt.Finally is { } end ? MentionsEnd(end) : attempt.Catches.Count > 0 && attempt.Catches.All(static handler => handler.Filter is null && MentionsEnd(handler)) && IsCatchAll(attempt.Catches.Last()));

    private static bool IsCatchAll(CatchClauseSyntax handler) => handler.Declaration is null || handler.Declaration.Type.ToString() is "Exception" or "System.Exception";

    private static bool MentionsEnd(SyntaxNode handler) =>
        handler.DescendantNodes().Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: "Rollback" or "RollbackAsync" or "RollbackTransaction" or "RollbackTransactionAsync" or "Dispose" or "DisposeAsync" });

    private static int LastMention(string name, BlockSyntax block, int first)
    {
        for (var i = block.Statements.Count - 1; i > first; i--)
        {
            if (block.Statements[i].DescendantNodes().Any(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name))
                return i;
        }

        return first;
    }

    private static int? LastEnd(string? context, BlockSyntax block, int first)
    {
        for (var i = block.Statements.Count - 1; i > first; i--)
        {
            if (block.Statements[i].DescendantNodes().Any(node => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommitTransaction" or "CommitTransactionAsync" or "RollbackTransaction" or "RollbackTransactionAsync" } } call && ContextOf(call) == context))
                return i;
        }

        return null;
    }

    /// <summary><c>db</c> for <c>db.Database.BeginTransaction()</c>; null where it is more than a name.</summary>
    private static string? ContextOf(ExpressionSyntax call) => call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var facade } }
        ? facade switch
        {
            IdentifierNameSyntax { Identifier.ValueText: "Database" } => "",
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Database", Expression: ThisExpressionSyntax } => "",
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Database", Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } member => member.Expression.ToString(),
            _ => null,
        }
        : null;

    /// <summary>The one context whose commands an ambient transaction holds.</summary>
    private string? ContextInside(SemanticModel semantics, EntityFrameworkCore library, CancellationToken cancellationToken)
    {
        string? found = null;
        foreach (var name in Statements.SelectMany(static statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>())
        {
            if (semantics.GetSymbolInfo(name, cancellationToken).Symbol is not (ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol) || !library.IsDbContext(semantics.GetTypeInfo(name, cancellationToken).Type))
                continue;
            if (name.Parent is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } member && member.Name == name)
                return null;
            var text = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == name ? own.ToString() : name.ToString();
            if (found is not null && found != text)
                return null;
            found = text;
        }

        return found;
    }

    private static ExpressionSyntax? TokenOf(ExpressionSyntax opening, SemanticModel semantics, CancellationToken cancellationToken) =>
        opening is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments }
            ? arguments.Select(static argument => argument.Expression).FirstOrDefault(argument => semantics.GetTypeInfo(argument, cancellationToken).Type is { Name: "CancellationToken" } type && type.IsIn("System.Threading"))
            : null;
}
