using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Moves a call that adds middleware to the other side of another one, with its comments; a call in a chain is taken out of it.</summary>
internal sealed class MovedMiddleware
{
    private readonly PipelineStatement _moved;
    private readonly PipelineStatement _target;
    private readonly bool _before;
    private readonly IReadOnlyList<SyntaxNode> _siblings;

    private MovedMiddleware(PipelineStatement moved, PipelineStatement target, bool before)
    {
        _moved = moved;
        _target = target;
        _before = before;
        _siblings = target.Siblings();
    }

    /// <summary>Returns the file with the call at the right place, or null where that would change what else runs, or cannot be written.</summary>
    public static SyntaxNode? Write(BP4005MisplacedMiddleware mistake, SemanticModel semantics)
    {
        if (mistake.Step.Path.Length > 1 || mistake.Other.Path.Length > 1
            || PipelineStatement.Of(mistake.Step.Call.Syntax) is not { } moved || PipelineStatement.Of(mistake.Other.Call.Syntax) is not { } target)
        {
            return null;
        }

        var move = new MovedMiddleware(moved, target, mistake.IsLate);
        if (moved.Statement == target.Statement)
            return move.InChain();
        return move.IsSafe(semantics) ? move.Apply() : null;
    }

    private SyntaxNode? InChain()
    {
        var calls = FluentChain.CallsOf(_moved.Statement.Expression).Reverse().ToList();
        var layout = calls.Select(static call => call.GetTrailingTrivia()).ToList();
        if (_moved.Statement.Expression.DescendantTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            return null;
        calls.Remove(_moved.Call);
        calls.Insert(calls.IndexOf(_target.Call) + (_before ? 0 : 1), _moved.Call);
        var current = _moved.Root;
        for (var i = 0; i < calls.Count; i++)
            current = calls[i].WithExpression(((MemberAccessExpressionSyntax)calls[i].Expression).WithExpression(current)).WithTrailingTrivia(layout[i]);
        return _moved.Statement.SyntaxTree.GetRoot().ReplaceNode(_moved.Statement.Expression, current);
    }

    private bool IsSafe(SemanticModel semantics)
    {
        var (from, to) = (IndexOf(_moved.Place), IndexOf(_target.Place));
        if (from < 0 || to < 0 || _moved.Place.ContainsDirectives || _target.Place.ContainsDirectives || !SyntaxFactory.AreEquivalent(_moved.Root, _target.Root) || _moved.Root is not IdentifierNameSyntax)
            return false;
        // A call in the middle of a chain needs its place in the chain.
        var between = _siblings.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1).Where(place => place != _moved.Place).ToList();
        if (between.Any(static place => place.ContainsDirectives || Leaves(place)) || DeclaresVariable())
            return false;
        return (_before || !between.Any(static place => RunsEndpoints(place))) && ReadsTheSame(between, semantics);
    }

    private int IndexOf(SyntaxNode place)
    {
        for (var i = 0; i < _siblings.Count; i++)
        {
            if (_siblings[i] == place)
                return i;
        }

        return -1;
    }

    private bool DeclaresVariable() => _moved.Call.ArgumentList.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax).Any(static node => node is SingleVariableDesignationSyntax);

    private static bool Leaves(SyntaxNode place) =>
        place.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(static node => node is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax);

    private static bool RunsEndpoints(SyntaxNode place) =>
        place.DescendantNodes().Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: "UseEndpoints" or "UseMvc" or "UseMvcWithDefaultRoute" });

    /// <summary>True where the arguments have the same values at the other place: no variable that they read is declared or assigned between.</summary>
    private bool ReadsTheSame(List<SyntaxNode> between, SemanticModel semantics)
    {
        var read = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var name in _moved.Call.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (semantics.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: false, IsConst: false } or IPropertySymbol)
                read.Add(semantics.GetSymbolInfo(name).Symbol!);
        }

        foreach (var node in between.SelectMany(static place => place.DescendantNodes()))
        {
            var written = node switch
            {
                VariableDeclaratorSyntax or SingleVariableDesignationSyntax => semantics.GetDeclaredSymbol(node),
                AssignmentExpressionSyntax { Left: var left } => semantics.GetSymbolInfo(left).Symbol,
                ArgumentSyntax { RefOrOutKeyword.RawKind: not 0, Expression: var reference } => semantics.GetSymbolInfo(reference).Symbol,
                PostfixUnaryExpressionSyntax { Operand: var operand } => semantics.GetSymbolInfo(operand).Symbol,
                PrefixUnaryExpressionSyntax { Operand: var operand } => semantics.GetSymbolInfo(operand).Symbol,
                _ => null,
            };
            if (written is not null && read.Contains(written) && node is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
                return false;
        }

        return true;
    }

    private SyntaxNode? Apply()
    {
        var places = _siblings.ToDictionary(static place => place, static place => new List<SyntaxNode> { place });
        var alone = _moved.Alone();
        if (_moved.IsOnlyCall)
            places[_moved.Place].Clear();
        else if (_moved.WithoutCall() is { } rest)
            places[_moved.Place][0] = InPlaceOf(_moved, rest);
        else
            return null;
        if (_target.IsOnlyCall || (_before ? _target.IsFirstCall : _target.IsLastCall))
            Insert(InPlaceOf(_moved, alone), places[_target.Place]);
        else
            places[_target.Place][0] = InPlaceOf(_target, _target.WithLink(_moved.LinkAfter, _before));
        if (_moved.IsOnlyCall && IndexOf(_moved.Place) + 1 is var next && next < _siblings.Count && places[_siblings[next]] is [var follower, ..] following)
            following[0] = Below(StatementTrivia.Of(_moved.Place).Above, follower);
        return StatementLists.Replace(_target.Place.Parent!, places);
    }

    private void Insert(SyntaxNode added, List<SyntaxNode> at)
    {
        var target = at[0];
        var trivia = StatementTrivia.Of(target);
        var own = _moved.IsOnlyCall ? StatementTrivia.Of(_moved.Place).Own : SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(_target.Statement.IndentOf()));
        var lineBreak = LineBreaks.In(_target.Statement.SyntaxTree.GetRoot());
        if (!added.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            added = added.WithTrailingTrivia(added.GetTrailingTrivia().Add(lineBreak));
        if (_before)
        {
            at[0] = target.WithLeadingTrivia(trivia.Own);
            at.Insert(0, added.WithLeadingTrivia(trivia.Above.AddRange(own)));
            return;
        }

        at[0] = target.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? target : target.WithTrailingTrivia(target.GetTrailingTrivia().Add(lineBreak));
        at.Add(added.WithLeadingTrivia(own));
    }

    /// <summary>What stood apart above the moved statement stays above the one that followed it.</summary>
    private static SyntaxNode Below(SyntaxTriviaList above, SyntaxNode follower)
    {
        var trivia = StatementTrivia.Of(follower);
        var saysNothing = above.All(static part => part.IsKind(SyntaxKind.EndOfLineTrivia) || part.IsKind(SyntaxKind.WhitespaceTrivia));
        return saysNothing && trivia.Above.Count > 0 ? follower : follower.WithLeadingTrivia(above.AddRange(saysNothing ? trivia.Own : follower.GetLeadingTrivia()));
    }

    private static SyntaxNode InPlaceOf(PipelineStatement statement, ExpressionStatementSyntax replacement) =>
        statement.Place is GlobalStatementSyntax global ? global.WithStatement(replacement) : replacement;
}
