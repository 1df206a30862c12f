using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Gives the values of a Dapper statement in an anonymous object.</summary>
internal static class SqlDapperCall
{
    /// <summary>Returns the changes, or null where the parameters of the call are something else than an anonymous object.</summary>
    public static SqlEdits? EditsOf(SqlSink sink, SqlStatementText text)
    {
        var list = sink.Operation.Syntax switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            _ => null,
        };
        var index = list?.Arguments.IndexOf(argument => argument.Expression.Span.Contains(sink.Text.Syntax.Span)) ?? -1;
        if (list is null || index < 0)
            return null;
        var parameterName = sink.Operation is IObjectCreationOperation ? "parameters" : "param";
        var given = GivenIn(list, index, parameterName);
        var existing = given?.Expression as AnonymousObjectCreationExpressionSyntax;
        if (given is not null && existing is null && !given.Expression.IsKind(SyntaxKind.NullLiteralExpression))
            return null;
        var members = existing?.Initializers.ToList() ?? [];
        var taken = members.Select(NameOf).ToList();
        if (taken.Contains(""))
            return null;
        var parameters = text.Parameters(taken);
        var edits = new SqlEdits();
        edits.Replace(text.Expression, SqlTextRewrite.WithNames(text.Parts, text.Literals, parameters.Select(static parameter => parameter.Name).ToList()));
        var values = SyntaxFactory.ParseExpression("new { " + string.Join(", ", members.Select(static member => member.ToString()).Concat(parameters.Distinct().Select(MemberOf))) + " }");
        if (given is not null)
            edits.Replace(given.Expression, values);
        else
            edits.Change(list, current => WithArgument(current, index, SyntaxFactory.Argument(values), parameterName));
        return edits;
    }

    private static ArgumentSyntax? GivenIn(ArgumentListSyntax list, int index, string name)
    {
        if (list.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name) is { } named)
            return named;
        return index + 1 < list.Arguments.Count && list.Arguments[index + 1].NameColon is null ? list.Arguments[index + 1] : null;
    }

    private static ArgumentListSyntax WithArgument(ArgumentListSyntax list, int index, ArgumentSyntax added, string name)
    {
        if (list.Arguments[index].NameColon is not null)
            added = added.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name)).WithTrailingTrivia(SyntaxFactory.Space));
        return list.WithArguments(list.Arguments.Insert(index + 1, added.WithLeadingTrivia(SyntaxFactory.Space)));
    }

    private static string MemberOf(SqlParameter parameter) => parameter.Value == parameter.Name ? parameter.Name : parameter.Name + " = " + parameter.Value;

    /// <summary>The name of a member; empty where it is not known.</summary>
    private static string NameOf(AnonymousObjectMemberDeclaratorSyntax member) => member switch
    {
        { NameEquals.Name.Identifier.ValueText: var name } => name,
        { Expression: IdentifierNameSyntax name } => name.Identifier.ValueText,
        { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
        _ => "",
    };
}
