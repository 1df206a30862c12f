using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes the query of a load so that it includes one more navigation.</summary>
internal static class BP1003IncludedLoad
{
    /// <summary>
    /// Returns the expression to replace and what replaces it, or null where the query stands elsewhere, cannot be composed over, or where including may change which rows
    /// there are.
    /// </summary>
    public static (ExpressionSyntax Before, ExpressionSyntax After)? Write(BP1003UnloadedNavigation finding, IOperation start, BackendModel model)
    {
        var load = finding.Load;
        // A filter on the other side of a required navigation takes rows away: https://learn.microsoft.com/ef/core/querying/filters#accessing-entity-with-query-filter-using-required-navigation
        if (load.Operation.Syntax.SyntaxTree != start.Syntax.SyntaxTree || model.Entities.HasQueryFilters || IsRawSql(load)
            || (load.Operation != start && !IsOnlyCall(load.Operation, start)))
        {
            return null;
        }

        var query = load.Operation switch
        {
            IForEachLoopOperation { Syntax: ForEachStatementSyntax loop } => loop.Expression,
            IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call } terminal
                when terminal.TargetMethod.IsExtensionMethod && terminal.Arguments[0].Syntax.SpanStart == access.Expression.SpanStart => call,
            _ => null,
        };
        if (query is null || StepsOf(finding, model) is not { IsEmpty: false } steps)
            return null;
        if (IncludeToExtend(load, query, finding.Read.Path) is { } include)
            return (query, query.ReplaceNode(include, Append(include, "ThenInclude", steps[^1])));
        return (query, load.Operation is IForEachLoopOperation each ? InLoop(query, steps, each.IsAsynchronous) : BeforeLast((InvocationExpressionSyntax)query, steps));
    }

    private static bool IsRawSql(EntityLoad load) =>
        load.Query.Operators.Any(call => IsRawSql(call)) || (load.Query.Source.Unwrap() is IInvocationOperation source && IsRawSql(source));

    private static bool IsRawSql(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("SqlQuery", StringComparison.Ordinal);

    /// <summary>A private method whose query nobody else uses may load more.</summary>
    private static bool IsOnlyCall(IOperation load, IOperation start)
    {
        if (start is not IInvocationOperation { TargetMethod: { DeclaredAccessibility: Accessibility.Private } or { MethodKind: MethodKind.LocalFunction } } call)
            return false;
        var type = load.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        return type is not null && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
               && type.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == call.TargetMethod.Name) == 2;
    }

    /// <summary>One lambda per call of <c>Include</c> and <c>ThenInclude</c>, in order; empty where the path cannot be written.</summary>
    private static ImmutableArray<LambdaExpressionSyntax> StepsOf(BP1003UnloadedNavigation finding, BackendModel model)
    {
        var steps = ImmutableArray.CreateBuilder<LambdaExpressionSyntax>();
        var place = finding.Load.Operation.Syntax;
        var entity = finding.Load.Entity;
        var (row, mayBeNull, members) = (NameOf(entity.Symbol, place), false, "");
        foreach (var name in finding.Read.Path.Split('.'))
        {
            if (entity.Member(name) is not { Target: INamedTypeSymbol target } member)
                return ImmutableArray<LambdaExpressionSyntax>.Empty;
            members += (mayBeNull ? "!." : ".") + Escaped(name);
            mayBeNull = member is { Kind: not EntityMemberKind.Collection, Property.NullableAnnotation: NullableAnnotation.Annotated };
            entity = model.Entities.Describe(target);
            if (!member.IsNavigation)
                continue;
            steps.Add((LambdaExpressionSyntax)SyntaxFactory.ParseExpression($"{row} => {row}{members}"));
            (row, members) = (NameOf(target, place), "");
        }

        return steps.ToImmutable();
    }

    /// <summary>Each lambda has its own parameter, so that they may have the same name.</summary>
    private static string NameOf(INamedTypeSymbol type, SyntaxNode place) =>
        FreshNames.ForLambda(place).Take(char.IsLetter(type.Name[0]) ? char.ToLowerInvariant(type.Name[0]).ToString() : "x", "x", "row", "item");

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;

    /// <summary>The <c>Include</c> or <c>ThenInclude</c> of the same expression that ends at the row before, where no other <c>ThenInclude</c> continues it.</summary>
    private static InvocationExpressionSyntax? IncludeToExtend(EntityLoad load, ExpressionSyntax query, string path)
    {
        var dot = path.LastIndexOf('.');
        if (dot < 0)
            return null;
        foreach (var call in load.Query.Operators)
        {
            if (call.TargetMethod.Name is "Include" or "ThenInclude" && call.ArgumentAt(1).AsLambda() is not null && call.Syntax is InvocationExpressionSyntax syntax
                && query.Contains(syntax) && syntax.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ThenInclude" }
                && EagerLoading.PathOf(call) == path.Substring(0, dot))
            {
                return syntax;
            }
        }

        return null;
    }

    private static ExpressionSyntax InLoop(ExpressionSyntax query, ImmutableArray<LambdaExpressionSyntax> steps, bool isAsynchronous)
    {
        if (query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsAsyncEnumerable" } } call)
            return BeforeLast(call, steps);
        var trailing = query.GetTrailingTrivia();
        var current = query.WithoutTrailingTrivia();
        for (var i = 0; i < steps.Length; i++)
            current = Append(current, i == 0 ? "Include" : "ThenInclude", steps[i]);
        // A set can be enumerated asynchronously, the result of Include cannot.
        if (isAsynchronous)
            current = FluentChain.Call(current, SyntaxFactory.Token(SyntaxKind.DotToken), "AsAsyncEnumerable");
        return current.WithTrailingTrivia(trailing);
    }

    private static InvocationExpressionSyntax BeforeLast(InvocationExpressionSyntax call, ImmutableArray<LambdaExpressionSyntax> steps)
    {
        for (var i = 0; i < steps.Length; i++)
            call = FluentChain.InsertBeforeLast(call, i == 0 ? "Include" : "ThenInclude", steps[i]);
        return call;
    }

    /// <summary>The call follows on the same line, or on a line of its own where the one before has one.</summary>
    private static InvocationExpressionSyntax Append(ExpressionSyntax query, string name, LambdaExpressionSyntax step)
    {
        var trailing = query.GetTrailingTrivia();
        if (query is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax))
            query = SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia());
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        if (query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Expression.GetTrailingTrivia() is var lineBreak
            && lineBreak.Any(SyntaxKind.EndOfLineTrivia) && access.OperatorToken.LeadingTrivia is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } indentation])
        {
            query = query.WithTrailingTrivia(lineBreak.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Take(1));
            dot = dot.WithLeadingTrivia(indentation);
        }
        else
        {
            query = query.WithoutTrailingTrivia();
        }

        return FluentChain.Call(query, dot, name, step).WithTrailingTrivia(trailing);
    }
}
