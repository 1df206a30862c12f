using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes a plan into the file: a variable before the loop, and its name in the loop.</summary>
public static class HoistRewrite
{
    private static readonly string[] Asking = ["Get", "Load", "Fetch", "Find", "Read", "Query", "Calculate", "Compute"];

    /// <summary>Returns the file with the plan carried out. A declaration that does nothing but ask moves as it is, unless its name would then clash with another.</summary>
    public static SyntaxNode Apply(SyntaxNode root, HoistPlan plan, bool keepsDeclaration)
    {
        var indent = plan.Loop.IndentOf();
        var text = plan.Replaced.TextAt(indent);
        if (keepsDeclaration && !plan.IsReassigned && DeclarationOf(plan) is { } declaration)
        {
            var type = declaration.Declaration.Type;
            var name = declaration.Declaration.Variables[0].Identifier;
            var without = plan.Loop.RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia)!;
            return root.ReplaceNode(plan.Loop, WithFirstLineTight(without, plan, declaration).WithStatementBefore($"{type} {name} = {text};"));
        }

        var fresh = FreshNames.InMember(plan.Loop).Take(NameFor(plan));
        var loop = plan.Loop.ReplaceNode(plan.Replaced, SyntaxFactory.IdentifierName(fresh).WithTriviaFrom(plan.Replaced));
        return root.ReplaceNode(plan.Loop, loop.WithStatementBefore($"var {fresh} = {text};"));
    }

    /// <summary>The declaration that the query is all of, where it stands directly in the loop and other statements remain.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(HoistPlan plan) =>
        plan.Replaced.Parent?.Parent?.Parent?.Parent is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } declaration && value == plan.Replaced
        && declaration.Parent is BlockSyntax { Statements.Count: > 1 } block && block.Parent == plan.Loop && declaration.UsingKeyword.IsKind(SyntaxKind.None) && !declaration.IsConst
            ? declaration
            : null;

    /// <summary>Where the first statement goes, the blank line below it goes too.</summary>
    private static StatementSyntax WithFirstLineTight(StatementSyntax loop, HoistPlan plan, LocalDeclarationStatementSyntax declaration)
    {
        if (declaration.Parent is not BlockSyntax { Statements: [var first, ..] } || first != declaration)
            return loop;
        var next = loop.ChildNodes().OfType<BlockSyntax>().Last().Statements[0];
        var leading = next.GetLeadingTrivia();
        var blank = leading.TakeWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Count();
        return blank == 0 ? loop : loop.ReplaceNode(next, next.WithLeadingTrivia(leading.Skip(blank)));
    }

    private static string[] NameFor(HoistPlan plan)
    {
        if (plan.Read.Operation != plan.Call)
            return [FreshNames.Camel(Stripped(plan.Call.TargetMethod.Name))];
        var row = plan.Read.Query?.SourceElementType?.Name is { Length: > 0 } entity ? FreshNames.Camel(entity) : "row";
        var method = Stripped(plan.Call.TargetMethod.Name);
        return method switch
        {
            "Count" or "LongCount" => [row + "Count"],
            "Any" or "All" or "Contains" => ["has" + FreshNames.Pascal(FreshNames.Plural(row))],
            "Sum" or "Min" or "Max" or "Average" => [FreshNames.Camel(method) + "Of" + FreshNames.Pascal(FreshNames.Plural(row)), row + method],
            "ToList" or "ToArray" or "ToHashSet" => [FreshNames.Plural(row), "all" + FreshNames.Pascal(FreshNames.Plural(row))],
            _ => [row, "found" + FreshNames.Pascal(row)],
        };
    }

    private static string Stripped(string name)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - "Async".Length);
        foreach (var prefix in Asking)
        {
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsUpper(name[prefix.Length]))
                return name.Substring(prefix.Length);
        }

        return name;
    }
}
