using BackendPatterns.Analyzers.Flow.Sql;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Rewrites a raw SQL method of EF Core into the one that takes an interpolated text, whose values become parameters.</summary>
internal static class SqlInterpolatedCall
{
    /// <summary>Returns what to replace, or null where a value stands in a place that takes no parameter, or the call gives parameters already.</summary>
    public static SqlEdits? EditsOf(SqlSink sink, SqlStatementText text, CancellationToken cancellationToken)
    {
        if (sink.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax call, TargetMethod: var method } invocation || !TakesOnlyText(invocation))
            return null;
        if (!AreValues(text, cancellationToken) || NameOf(method) is not { } name || NameIn(call) is not { } written)
            return null;
        if (SqlTextRewrite.AsFormattable(text.Parts, text.Literals, value => Constant(value, text.Semantics, cancellationToken)) is not { } formattable)
            return null;
        var edits = new SqlEdits();
        edits.Replace(text.Expression, formattable);
        edits.Replace(written, written is GenericNameSyntax generic ? generic.WithIdentifier(SyntaxFactory.Identifier(name)) : SyntaxFactory.IdentifierName(name));
        if (text.Local is { } local)
            edits.Replace(local.Type, SyntaxFactory.ParseTypeName(nameof(FormattableString)));
        return edits;
    }

    private static bool TakesOnlyText(IInvocationOperation call) =>
        call.Arguments.All(static argument => argument.Parameter is { } parameter
            && (parameter.Ordinal == 0 || parameter.Name is "sql" || parameter.Type.Name is "CancellationToken"
                || argument.ParamsValues() is { Count: 0 }));

    private static string? Constant(ExpressionSyntax value, SemanticModel semantics, CancellationToken cancellationToken) =>
        semantics.GetConstantValue(value, cancellationToken) is { HasValue: true, Value: var constant } ? constant?.ToString() ?? "" : null;

    /// <summary>Every value becomes a parameter here, also numbers: each must stand where a literal may stand.</summary>
    private static bool AreValues(SqlStatementText text, CancellationToken cancellationToken)
    {
        var cursor = new SqlCursor();
        foreach (var part in text.Parts.Parts)
        {
            if (part.Value is null)
            {
                cursor.Read(part.Text);
            }
            else if (Constant(part.Value, text.Semantics, cancellationToken) is { } constant)
            {
                cursor.Read(constant);
            }
            else
            {
                if (!cursor.IsQuoted && (cursor.Position() is not SqlPosition.Value || !IsNumber(text.Semantics.GetTypeInfo(part.Value, cancellationToken).Type)))
                    return false;
                cursor.ReadUnknown();
            }
        }

        return true;
    }

    private static bool IsNumber(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64, TypeKind: not TypeKind.Enum };

    /// <summary>The interpolated form of a method, by the name that this version of EF Core has for it.</summary>
    private static string? NameOf(IMethodSymbol method)
    {
        string[] candidates = method.Name switch
        {
            "FromSqlRaw" => ["FromSql", "FromSqlInterpolated"],
            "ExecuteSqlRaw" => ["ExecuteSql", "ExecuteSqlInterpolated"],
            "ExecuteSqlRawAsync" => ["ExecuteSqlAsync", "ExecuteSqlInterpolatedAsync"],
            "SqlQueryRaw" => ["SqlQuery"],
            _ => [],
        };
        return candidates.FirstOrDefault(name => method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Any(static form => form.Parameters is [_, { Type.Name: nameof(FormattableString) }, ..]));
    }

    private static SimpleNameSyntax? NameIn(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => null,
    };
}
