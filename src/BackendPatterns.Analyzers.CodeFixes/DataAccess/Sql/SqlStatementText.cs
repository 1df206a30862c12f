using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The one expression that the text of a statement is, and the values in its literals.</summary>
/// <param name="Expression">The expression: the argument itself, or the only value of a local that nothing else reads.</param>
/// <param name="Local">The declaration of that local, or null.</param>
/// <param name="Parts">The parts of the expression.</param>
/// <param name="Literals">Its literals with values.</param>
/// <param name="Semantics">The model of the file.</param>
internal sealed record SqlStatementText(
    ExpressionSyntax Expression, VariableDeclarationSyntax? Local, SqlTextParts Parts, IReadOnlyList<SqlLiteral> Literals, SemanticModel Semantics)
{
    /// <summary>Returns the text of a statement, or null where it is put together in several places or not all of its text can become parameters.</summary>
    public static SqlStatementText? Of(SqlSink sink, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var operation = sink.Text.Unwrap();
        VariableDeclarationSyntax? declaration = null;
        if (operation is ILocalReferenceOperation local)
        {
            var values = LocalValues.Around(local);
            if (values.OnlyValueOf(local.Local) is not { } only || values.ReferencesTo(local.Local).Count != 1 || !IsDeclaredBefore(only, local, out declaration) || !IsUnchanged(only, local, values))
                return null;
            operation = only.Unwrap();
        }

        if (operation.Syntax is not ExpressionSyntax expression || HasComment(expression) || SqlTextParts.Of(expression) is not { } parts)
            return null;
        var literals = new SqlLiterals(parts, semantics, cancellationToken);
        return literals.Find() is { } found ? new SqlStatementText(expression, declaration, parts, found, semantics) : null;
    }

    /// <summary>The names of the parameters, none of which the statement or the list has.</summary>
    public IReadOnlyList<SqlParameter> Parameters(IEnumerable<string> taken)
    {
        var names = new HashSet<string>(taken, StringComparer.OrdinalIgnoreCase);
        var text = string.Concat(Parts.Parts.Select(static part => part.Value is null ? part.Text : " "));
        var parameters = new List<SqlParameter>();
        foreach (var literal in Literals)
        {
            if (parameters.FirstOrDefault(known => known.Value == literal.Value) is { } same)
            {
                parameters.Add(same);
                continue;
            }

            var wanted = NameOf(literal.Source);
            var name = wanted;
            for (var number = 2; names.Contains(name) || text.IndexOf("@" + name, StringComparison.OrdinalIgnoreCase) >= 0; number++)
                name = wanted + number;
            names.Add(name);
            parameters.Add(new SqlParameter(name, literal.Value));
        }

        return parameters;
    }

    private static string NameOf(ExpressionSyntax source) => source switch
    {
        IdentifierNameSyntax name => Rewriting.FreshNames.Camel(name.Identifier.ValueText),
        MemberAccessExpressionSyntax access => Rewriting.FreshNames.Camel(access.Name.Identifier.ValueText),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => NameOf(access.Expression),
        ConditionalAccessExpressionSyntax access => NameOf(access.Expression),
        _ => "value",
    };

    private static bool IsDeclaredBefore(IOperation value, ILocalReferenceOperation place, out VariableDeclarationSyntax? declaration)
    {
        declaration = value.Syntax.FirstAncestorOrSelf<VariableDeclarationSyntax>();
        return declaration is { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax } && ReferenceEquals(value.EnclosingFunction(), place.EnclosingFunction());
    }

    /// <summary>The values are read later than before: they must be variables or their members, and nothing may be assigned in between.</summary>
    private static bool IsUnchanged(IOperation value, ILocalReferenceOperation place, LocalValues values)
    {
        foreach (var operation in value.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation or IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IObjectCreationOperation:
                    return false;
                case ILocalReferenceOperation or IParameterReferenceOperation:
                    if (values.ReferencesTo(operation.ReferencedSymbol()!).Any(use => use.Syntax.SpanStart > value.Syntax.Span.End && use.Syntax.SpanStart < place.Syntax.SpanStart
                        && (use.IsWritten() || use.IsChangedInPlace())))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    private static bool HasComment(SyntaxNode node) =>
        node.DescendantTrivia().Any(static trivia => !trivia.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.EndOfLineTrivia));
}
