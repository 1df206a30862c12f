using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>
/// Divides statements that could all move into those that become methods and those that stay, so that the methods are few, return at most one value
/// where that is possible, and contain what prepares the data that they store.
/// </summary>
internal sealed class BlockPlan
{
    private const int Method = 10;
    private const int MoreThanOneResult = 12;
    private const int MoreThanTwoResults = 6;
    private const int ManyParameters = 4;
    private const int ParameterTooMany = 2;
    private const int PreparationThatStays = 3;
    private const int CalculationThatStays = 1;
    private const int Inside = 30;
    private const int MostStatements = 48;
    private const int Never = int.MaxValue / 4;

    private readonly IReadOnlyList<StatementSyntax> _list;
    private readonly SplitScope _scope;
    private readonly CodeMarks _marks;
    private readonly Func<StatementSyntax, bool> _canSplitInside;
    private readonly int _start;
    private readonly int[] _cost;
    private readonly (int End, Region? Region)[] _choice;

    /// <param name="list">The statements of a block.</param>
    /// <param name="start">The first of those that can move.</param>
    /// <param name="end">The last of them.</param>
    /// <param name="scope">The handler.</param>
    /// <param name="marks">What stands in it.</param>
    /// <param name="canSplitInside">True for a statement that can stay when something in it moves.</param>
    public BlockPlan(IReadOnlyList<StatementSyntax> list, int start, int end, SplitScope scope, CodeMarks marks, Func<StatementSyntax, bool> canSplitInside)
    {
        _list = list;
        _scope = scope;
        _marks = marks;
        _canSplitInside = canSplitInside;
        _start = start;
        _cost = new int[end - start + 2];
        _choice = new (int, Region?)[end - start + 1];
        for (var i = end; i >= start; i--)
            Choose(i, end);
    }

    /// <summary>True where the moved dependencies can leave all these statements.</summary>
    public bool IsPossible => _cost[0] < Never;

    /// <summary>Returns the statements in order: those that become a method together, and single ones that stay or are divided themselves.</summary>
    public IEnumerable<(Region? Region, StatementSyntax Statement)> Steps()
    {
        for (var i = 0; i < _choice.Length; i = _choice[i].End + 1 - _start)
            yield return (_choice[i].Region, _list[_start + i]);
    }

    private void Choose(int first, int end)
    {
        var statement = _list[first];
        var hasData = _marks.HasData(statement);
        var rest = _cost[first - _start + 1];
        var best = hasData ? Never : StayCost(statement) + rest;
        (int, Region?) choice = (first, null);
        var limit = Math.Min(end, first + MostStatements);
        for (var last = first; last <= limit; last++)
        {
            _scope.Cancellation.ThrowIfCancellationRequested();
            var after = _cost[last - _start + 1];
            // Even the cheapest method would cost more.
            if (after >= Never || after + Method >= best || _list[last] is LocalFunctionStatementSyntax or EmptyStatementSyntax)
                continue;
            if (Region.Of(_list, first, last, _scope, _marks) is not { } region || after + Cost(region) >= best)
                continue;
            best = after + Cost(region);
            choice = (last, region);
        }

        if (best >= Never && rest < Never && _canSplitInside(statement))
            best = Inside + rest;
        _cost[first - _start] = Math.Min(best, Never);
        _choice[first - _start] = choice;
    }

    private static int Cost(Region region)
    {
        var results = region.Flow.Outputs.Length;
        var parameters = region.Flow.Inputs.Length;
        return Method + (results > 1 ? MoreThanOneResult : 0) + (results > 2 ? MoreThanTwoResults : 0)
            + Math.Max(0, parameters - ManyParameters) * ParameterTooMany;
    }

    private int StayCost(StatementSyntax statement) => statement switch
    {
        _ when _marks.In(statement).Any(static mark => mark.Kind is MarkKind.Shared or MarkKind.Value) => 0,
        LocalFunctionStatementSyntax or ThrowStatementSyntax => 0,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } } => PreparationThatStays,
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax }] } => PreparationThatStays,
        _ => CalculationThatStays,
    };
}
