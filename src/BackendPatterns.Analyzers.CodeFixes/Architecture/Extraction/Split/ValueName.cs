using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a parameter is called that stands for a value of the endpoint: <c>userId</c> for <c>User.GetUserId()</c>, <c>isAdmin</c> for <c>User.IsInRole("admin")</c>.</summary>
internal static class ValueName
{
    private static readonly string[] Getters = ["Get", "Find", "Read", "Require"];

    /// <summary>Returns a name that is not taken, and takes it.</summary>
    public static string Of(ExpressionSyntax value, SplitScope scope, HashSet<string> taken)
    {
        var wanted = Wanted(value, scope);
        var name = wanted;
        for (var number = 2; taken.Contains(name) || scope.Dependencies.Moved.Values.Contains(name) || SyntaxFacts.GetKeywordKind(name) is not SyntaxKind.None; number++)
            name = wanted + number;
        taken.Add(name);
        return name;
    }

    private static string Wanted(ExpressionSyntax value, SplitScope scope)
    {
        if (scope.Semantics.GetTypeInfo(value, scope.Cancellation).Type is { Name: "CancellationToken" })
            return "cancellationToken";
        switch (value)
        {
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsInRole" }, ArgumentList.Arguments: [{ Expression: { } role }] }
                when scope.Semantics.GetConstantValue(role, scope.Cancellation).Value is string text && SyntaxFacts.IsValidIdentifier(text):
                return "is" + FreshNames.Pascal(text);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FindFirstValue" or "FindFirst" }, ArgumentList.Arguments: [{ Expression: MemberAccessExpressionSyntax claim }] }:
                return claim.Name.Identifier.ValueText == "NameIdentifier" ? "userId" : FreshNames.Camel(claim.Name.Identifier.ValueText);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value", Expression: InvocationExpressionSyntax inner }:
                return Wanted(inner, scope);
            case PostfixUnaryExpressionSyntax suppressed:
                return Wanted(suppressed.Operand, scope);
            case ConditionalAccessExpressionSyntax conditional:
                return Plain(conditional.DescendantNodes().OfType<SimpleNameSyntax>().LastOrDefault()?.Identifier.ValueText ?? "value");
            default:
                return Plain(value switch
                {
                    InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
                    MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "Name" ? LastName(access.Expression) + "Name" : access.Name.Identifier.ValueText,
                    IdentifierNameSyntax name => name.Identifier.ValueText,
                    _ => "value",
                });
        }
    }

    private static string LastName(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().First().Identifier.ValueText;

    private static string Plain(string name)
    {
        name = name.TrimStart('_');
        foreach (var getter in Getters)
        {
            if (name.Length > getter.Length && name.StartsWith(getter, StringComparison.Ordinal) && char.IsUpper(name[getter.Length]))
                name = name.Substring(getter.Length);
        }

        return name.Length > 0 ? FreshNames.Camel(name) : "value";
    }
}
