using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Adds the values of a statement to the parameters of its <c>DbCommand</c>.</summary>
internal static class SqlCommandEdits
{
    /// <summary>Returns the changes, or null where the command is not one variable that gets this text once.</summary>
    public static SqlEdits? EditsOf(SqlSink sink, SqlStatementText text)
    {
        if (CommandOf(sink) is not var (command, type, statement) || NamesParametersOtherwise(type, text.Semantics.Compilation) || statement.Parent is not BlockSyntax block)
            return null;
        var member = statement.MemberAround();
        var taken = member.DescendantTokens().Where(static token => token.ValueText.StartsWith("@", StringComparison.Ordinal)).Select(static token => token.ValueText.Substring(1));
        var parameters = text.Parameters(taken);
        var edits = new SqlEdits();
        edits.Replace(text.Expression, SqlTextRewrite.WithNames(text.Parts, text.Literals, parameters.Select(static parameter => parameter.Name).ToList()));
        var added = Additions(command, type, parameters.Distinct().ToList(), statement);
        if (statement is UsingStatementSyntax { Statement: BlockSyntax inner })
        {
            if (inner.Statements.Count == 0)
                return null;
            edits.Change(inner, current => Inserted(current, 0, added, inner.Statements[0].IndentOf()));
        }
        else
        {
            var index = block.Statements.IndexOf(statement);
            edits.Change(block, current => Inserted(current, index + 1, added, statement.IndentOf()));
        }

        return edits;
    }

    private static (string Name, ITypeSymbol Type, StatementSyntax Statement)? CommandOf(SqlSink sink)
    {
        switch (sink.Operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Type: { } type } local } } assignment
                when assignment.Syntax.Parent is ExpressionStatementSyntax statement && IsOnlyText(local, assignment) && IsInSameTurn(local, statement):
                return (local.Local.Name, type, statement);
            case IObjectCreationOperation { Type: { } type, Initializer: null } creation
                when creation.Syntax.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } variable }
                     && declaration.Parent is LocalDeclarationStatementSyntax or UsingStatementSyntax { Statement: BlockSyntax }:
                return (variable.Identifier.Text, type, (StatementSyntax)declaration.Parent!);
            default:
                return null;
        }
    }

    /// <summary>Another text of the same command would find the parameters of this one.</summary>
    private static bool IsOnlyText(ILocalReferenceOperation command, ISimpleAssignmentOperation assignment)
    {
        foreach (var reference in LocalValues.Around(command).ReferencesTo(command.Local))
        {
            if (reference.Parent is IPropertyReferenceOperation { Property.Name: "CommandText" } text && text.IsWritten() && !ReferenceEquals(text.Parent, assignment))
                return false;
        }

        return true;
    }

    /// <summary>In a loop over one command each turn would add the parameter again.</summary>
    private static bool IsInSameTurn(ILocalReferenceOperation command, StatementSyntax statement)
    {
        var declaration = command.Local.DeclaringSyntaxReferences is [var reference] ? reference.GetSyntax() : null;
        if (declaration is null)
            return false;
        foreach (var ancestor in statement.Ancestors())
        {
            if (ancestor.Span.Contains(declaration.Span))
                return true;
            if (ancestor is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return false;
        }

        return false;
    }

    /// <summary>Oracle names parameters <c>:name</c>, ODBC and OLE DB count them.</summary>
    private static bool NamesParametersOtherwise(ITypeSymbol command, Compilation compilation) =>
        IsOther(command.ContainingAssembly?.Name) || compilation.ReferencedAssemblyNames.Any(static assembly => IsOther(assembly.Name));

    private static bool IsOther(string? assembly) => assembly is "System.Data.Odbc" or "System.Data.OleDb" || assembly?.StartsWith("Oracle.", StringComparison.Ordinal) == true;

    private static List<string> Additions(string command, ITypeSymbol type, IReadOnlyList<SqlParameter> parameters, StatementSyntax place)
    {
        var names = FreshNames.InMember(place);
        var added = new List<string>();
        foreach (var parameter in parameters)
        {
            if (HasAddWithValue(type))
            {
                added.Add($"{command}.Parameters.AddWithValue(\"@{parameter.Name}\", {parameter.Value});");
                continue;
            }

            var local = names.Take(parameter.Name + "Parameter");
            added.Add($"var {local} = {command}.CreateParameter();");
            added.Add($"{local}.ParameterName = \"@{parameter.Name}\";");
            added.Add($"{local}.Value = {parameter.Value};");
            added.Add($"{command}.Parameters.Add({local});");
        }

        return added;
    }

    private static bool HasAddWithValue(ITypeSymbol command)
    {
        for (var type = command; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers("Parameters"))
            {
                if (member is IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: true } property)
                    return property.Type.GetMembers("AddWithValue").OfType<IMethodSymbol>().Any(static method => method.Parameters.Length == 2);
            }
        }

        return false;
    }

    private static BlockSyntax Inserted(BlockSyntax block, int index, IEnumerable<string> statements, string indent)
    {
        var newLine = LineBreaks.In(block.SyntaxTree.GetRoot());
        return block.WithStatements(block.Statements.InsertRange(
            index,
            statements.Select(text => SyntaxFactory.ParseStatement(text).WithLeadingTrivia(SyntaxFactory.Whitespace(indent)).WithTrailingTrivia(newLine))));
    }
}
