using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Finds the regions of a handler that together hold all its data access.</summary>
internal sealed class BodySplit(SplitScope scope, CodeMarks marks)
{
    private const int MostDepth = 40;

    /// <summary>Returns the regions in the order of the source, or null where some data access has to stay.</summary>
    public List<Region>? Regions(SyntaxNode body)
    {
        var regions = new List<Region>();
        var isComplete = body switch
        {
            BlockSyntax block => Divide(block.Statements, regions, depth: 0),
            ArrowExpressionClauseSyntax arrow => Divide(arrow.Expression, regions),
            ExpressionSyntax expression => Divide(expression, regions),
            _ => false,
        };
        return isComplete ? regions : null;
    }

    private bool Divide(IReadOnlyList<StatementSyntax> list, List<Region> regions, int depth)
    {
        if (depth > MostDepth)
            return false;
        for (var i = 0; i < list.Count; i++)
        {
            scope.Cancellation.ThrowIfCancellationRequested();
            if (!CanMove(list[i]))
            {
                if (!DivideInside(list[i], regions, depth))
                    return false;
                continue;
            }

            var end = i;
            while (end + 1 < list.Count && CanMove(list[end + 1]))
                end++;
            if (!DivideRun(list, i, end, regions, depth))
                return false;
            i = end;
        }

        return true;
    }

    private bool DivideRun(IReadOnlyList<StatementSyntax> list, int start, int end, List<Region> regions, int depth)
    {
        if (!Enumerable.Range(start, end - start + 1).Any(i => marks.HasData(list[i])))
            return true;
        var plan = new BlockPlan(list, start, end, scope, marks, statement => DivideInside(statement, [], depth));
        if (!plan.IsPossible)
            return false;
        foreach (var (region, statement) in plan.Steps())
        {
            if (region is not null)
                regions.Add(region);
            else if (!DivideInside(statement, regions, depth))
                return false;
        }

        return true;
    }

    private bool CanMove(StatementSyntax statement) =>
        statement is not (LocalFunctionStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax)
        && marks.CanMove(statement) && AnswersAreData(statement);

    /// <summary>False for <c>return null</c> in an action: null is a result of the endpoint there.</summary>
    private bool AnswersAreData(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax).OfType<ReturnStatementSyntax>().All(answer => answer.Expression switch
        {
            null => scope.FunctionAround(answer) is { } function && !scope.HttpTypes.Contain(function.ReturnType),
            { } value => scope.Semantics.GetTypeInfo(value, scope.Cancellation) is { Type: var natural, ConvertedType: var converted }
                && !scope.HttpTypes.Contain(natural) && (natural is not null || !scope.HttpTypes.Contain(converted)),
        });

    /// <summary>Divides a statement that stays; false where data access has to stay in it.</summary>
    private bool DivideInside(StatementSyntax statement, List<Region> regions, int depth)
    {
        if (!marks.HasData(statement))
            return true;
        if (depth > MostDepth)
            return false;
        foreach (var part in Parts(statement))
        {
            var isDivided = part switch
            {
                BlockSyntax block => Divide(block.Statements, regions, depth + 1),
                SwitchSectionSyntax section => Divide(section.Statements, regions, depth + 1),
                StatementSyntax inner => Divide([inner], regions, depth + 1),
                ExpressionSyntax expression => Divide(expression, regions),
                _ => !marks.HasData(part),
            };
            if (!isDivided)
                return false;
        }

        return true;
    }

    /// <summary>Returns the blocks, statements and expressions of a statement, and whatever else of it may hold data access.</summary>
    private static IEnumerable<SyntaxNode> Parts(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => [block],
        IfStatementSyntax { Else: { } other } branch => [branch.Condition, branch.Statement, other.Statement],
        TryStatementSyntax attempt => [attempt.Block, .. attempt.Catches.SelectMany(static part => part.ChildNodes()), .. attempt.Finally?.ChildNodes() ?? []],
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration => declaration.Declaration.Variables.Select(static variable => variable.Initializer?.Value ?? (SyntaxNode)variable),
        _ => statement.ChildNodes(),
    };

    /// <summary>Divides an expression that stays: each use of a moved dependency becomes the widest call that can be a method.</summary>
    private bool Divide(ExpressionSyntax expression, List<Region> regions)
    {
        foreach (var mark in marks.In(expression).Where(static mark => mark.Kind is MarkKind.Data))
        {
            if (regions.Any(region => region.Span.Contains(mark.Span)))
                continue;
            if (Widest(mark.Node, expression) is not { } region)
                return false;
            regions.Add(region);
        }

        return true;
    }

    private Region? Widest(SyntaxNode use, ExpressionSyntax within)
    {
        Region? widest = null;
        for (var node = use; node is not null; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax && !marks.CanMove(node))
                return null;
            if (node is ExpressionSyntax candidate && IsValue(candidate) && Region.Of(candidate, scope, marks) is { } region)
                widest = region;
            // Nothing of a lambda that moves as a whole is a method on its own.
            if (node is AnonymousFunctionExpressionSyntax)
                widest = null;
            if (node == within || !marks.CanMove(node))
                break;
        }

        return widest;
    }

    /// <summary>False for what is an expression by its syntax only: a name in a member access, the call behind <c>?.</c>, the target of an assignment, a type.</summary>
    private static bool IsValue(ExpressionSyntax expression) => expression switch
    {
        TypeSyntax and not SimpleNameSyntax or MemberBindingExpressionSyntax or ElementBindingExpressionSyntax or InitializerExpressionSyntax or AssignmentExpressionSyntax
            or AnonymousFunctionExpressionSyntax or DeclarationExpressionSyntax or ThrowExpressionSyntax => false,
        _ => expression.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Name != expression,
            AssignmentExpressionSyntax assignment => assignment.Left != expression,
            ConditionalAccessExpressionSyntax conditional => conditional.WhenNotNull != expression,
            InvocationExpressionSyntax call => call.Expression != expression,
            NameColonSyntax or NameEqualsSyntax => false,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0,
            _ => true,
        },
    };
}
