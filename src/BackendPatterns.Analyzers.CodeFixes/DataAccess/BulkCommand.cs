using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// Writes the statement that changes the rows in the database. Its setters are one chain of calls without a block, which is what EF Core 7 to 9 take as an
/// expression and EF Core 10 as a delegate (https://learn.microsoft.com/dotnet/api/microsoft.entityframeworkcore.query.updatesettersbuilder-1).
/// </summary>
internal static class BulkCommand
{
    /// <summary>Operators that say how rows are loaded and nothing about which.</summary>
    private static readonly HashSet<string> AboutLoading = new(StringComparer.Ordinal) { "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Include", "ThenInclude", "AsTracking" };

    /// <summary>Returns the statement, or null where the query is not written in one expression.</summary>
    public static string? Of(BP1023BulkChange found, SemanticModel semantics)
    {
        var query = QueryIn(found);
        if (query is null)
            return null;
        query = FluentChain.Without(query, static call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && AboutLoading.Contains(name));
        var isAsync = found.Save.TargetMethod.Name is "SaveChangesAsync";
        var token = found.Save.Arguments.FirstOrDefault(static argument => argument.ArgumentKind is ArgumentKind.Explicit && argument.Parameter?.Type.Name is "CancellationToken")?.Value.Syntax.ToString();
        var arguments = new List<string>();
        if (!found.Assignments.IsEmpty)
            arguments.Add(Setters(found, semantics));
        if (isAsync && token is not null)
            arguments.Add(token);
        var name = (found.Assignments.IsEmpty ? "ExecuteDelete" : "ExecuteUpdate") + (isAsync ? "Async" : "");
        var dot = query.ToString().IndexOf('\n') >= 0 ? LineBefore(query) + "." : ".";
        var configured = found.Save.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configure ? ".ConfigureAwait" + ((InvocationExpressionSyntax)configure.Syntax).ArgumentList : "";
        return (isAsync ? "await " : "") + query.WithoutTrivia() + dot + name + "(" + string.Join(", ", arguments) + ")" + configured + ";";
    }

    private static ExpressionSyntax? QueryIn(BP1023BulkChange found)
    {
        var holder = found.Statements.Take(found.Statements.Length - 1).SelectMany(static statement => statement.DescendantNodes()).OfType<ExpressionSyntax>();
        // The query is the expression that the load is called on, or the sequence itself.
        var source = found.Query.Source.Syntax;
        var chain = (ExpressionSyntax?)holder.FirstOrDefault(node => node == source);
        while (chain?.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == chain && !IsLoad(access.Name.Identifier.ValueText))
            chain = call;
        return chain;
    }

    private static bool IsLoad(string name) => name is "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" or "AsAsyncEnumerable" or "AsEnumerable" or "ConfigureAwait";

    private static string LineBefore(ExpressionSyntax query)
    {
        var lines = query.ToString().Split('\n');
        var last = lines[^1];
        return "\n" + last.Substring(0, last.Length - last.TrimStart().Length);
    }

    private static string Setters(BP1023BulkChange found, SemanticModel semantics)
    {
        var names = FreshNames.ForLambda(found.Statements[0]);
        var setters = names.Take("setters", "s");
        var row = names.Take(found.Entity.Symbol.Name.Substring(0, 1).ToLowerInvariant(), "x");
        return setters + " => " + setters + string.Concat(found.Assignments.Select(assignment =>
        {
            var property = ((IPropertyReferenceOperation)assignment.Target).Property;
            var value = assignment.Value.Syntax.ToString();
            // The type of the column decides, and null alone has none.
            if (assignment.Value.Unwrap() is var given && !SymbolEqualityComparer.Default.Equals(given.Type, property.Type))
                value = $"({property.Type.WithNullableAnnotation(given.IsNull() && property.Type.IsReferenceType ? NullableAnnotation.Annotated : property.Type.NullableAnnotation).ToMinimalDisplayString(semantics, found.Statements[0].SpanStart)}){(assignment.Value.Syntax is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax ? value : $"({value})")}";
            return $".SetProperty({row} => {row}.{property.Name}, {value})";
        }));
    }
}
