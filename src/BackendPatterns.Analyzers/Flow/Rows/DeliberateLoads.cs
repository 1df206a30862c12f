using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>Queries that are written the way they are for a reason that the code states.</summary>
internal static class DeliberateLoads
{
    private static readonly string[] Locks = ["ForUpdate", "Lock", "Hint"];

    private static readonly string[] Reasons = ["client-side", "client side", "client eval", "on the client", "in memory", "in-memory", "translat", "evaluat", "sqlite", "not support", "unsupported"];

    /// <summary>True for SQL that is given as text, for rows that are loaded to lock them, and beside a comment that says why the work is done in memory.</summary>
    public static bool Is(IInvocationOperation load, QueryChain query)
    {
        IOperation? current = load;
        for (var steps = 0; current is IInvocationOperation call && steps < 64; steps++)
        {
            var name = call.TargetMethod.Name;
            if (name.StartsWith("FromSql", StringComparison.Ordinal) || name is "AsEnumerable" or "AsTracking" or "SqlQuery" or "SqlQueryRaw" || Mentions(name, Locks)
                || (name is "TagWith" && call.ArgumentAt(1)?.ConstantValue is { HasValue: true, Value: string tag } && (Mentions(tag, Locks) || Mentions(tag, ["UPDATE", "LOCK"]))))
            {
                return true;
            }

            current = call.Receiver()?.Unwrap();
        }

        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal))
                return true;
        }

        return (query.Source.Unwrap() is IInvocationOperation source && (source.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal) || source.TargetMethod.Name.StartsWith("SqlQuery", StringComparison.Ordinal)))
            || HasReason(load.Syntax);
    }

    private static bool HasReason(SyntaxNode load)
    {
        var statement = (SyntaxNode?)load.FirstAncestorOrSelf<StatementSyntax>() ?? load.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (statement is null)
            return false;
        foreach (var trivia in statement is BlockSyntax or MemberDeclarationSyntax ? load.DescendantTrivia() : statement.GetLeadingTrivia().Concat(load.DescendantTrivia()).Concat(statement.GetTrailingTrivia()))
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && Mentions(trivia.ToString().ToLowerInvariant(), Reasons))
                return true;
        }

        return false;
    }

    private static bool Mentions(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word, StringComparison.Ordinal) >= 0)
                return true;
        }

        return false;
    }
}
