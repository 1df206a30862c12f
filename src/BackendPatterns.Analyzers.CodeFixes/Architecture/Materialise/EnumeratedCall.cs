using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>A call whose query is executed where it stands, and once: a loop runs over it, or it is made a list or an array at once.</summary>
internal sealed class EnumeratedCall
{
    private readonly InvocationExpressionSyntax _call;
    private readonly int _parameters;
    private readonly string? _copy;
    private readonly ExpressionSyntax? _token;
    private readonly ArgumentListSyntax? _configured;
    private readonly SyntaxNode? _madeAsync;

    private EnumeratedCall(
        Document document, IInvocationOperation call, ExpressionSyntax whole, string? copy, ExpressionSyntax? token, ArgumentListSyntax? configured = null, SyntaxNode? madeAsync = null)
    {
        Document = document;
        _call = (InvocationExpressionSyntax)call.Syntax;
        _parameters = call.TargetMethod.Parameters.Length;
        Whole = whole;
        _copy = copy;
        _token = token;
        _configured = configured;
        _madeAsync = madeAsync;
    }

    public Document Document { get; }

    /// <summary>The call with what makes its rows a list.</summary>
    public ExpressionSyntax Whole { get; }

    /// <summary>Where the name of the method stands.</summary>
    public TextSpan NameSpan => ((MemberAccessExpressionSyntax)_call.Expression).Name.Span;

    /// <summary>The types that the changed code names, with their namespaces.</summary>
    public (string Namespace, string Type)[] Names =>
    [
        .. _copy is null ? [] : new[] { ("System.Linq", "Enumerable") },
        .. _madeAsync is null ? [] : new[] { ("System.Threading.Tasks", "Task") },
    ];

    /// <summary>Returns the call at a place that names the method, or null where the query is used in any other way, or cannot be awaited.</summary>
    public static async Task<EnumeratedCall?> AtAsync(ReferenceLocation place, CancellationToken cancellationToken)
    {
        var root = await place.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(place.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true) is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name
            || access.Name != name || call.Expression != access
            || await place.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(call, cancellationToken) is not IInvocationOperation operation)
        {
            return null;
        }

        var model = BackendModel.For(semantics.Compilation);
        if (call.Parent is ForEachStatementSyntax loop && loop.Expression == call)
        {
            return loop.AwaitKeyword.IsKind(SyntaxKind.None) && !WritesDuring(loop, semantics, model, cancellationToken)
                ? await AwaitableAsync(place.Document, operation, call, copy: null, model, semantics, cancellationToken).ConfigureAwait(false)
                : null;
        }

        if (call.Parent is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var ending }, Parent: InvocationExpressionSyntax end }
            || semantics.GetSymbolInfo(end, cancellationToken).Symbol is not IMethodSymbol { ReducedFrom: not null, ContainingType.Name: var operators })
        {
            return null;
        }

        var copy = ending is "ToList" or "ToListAsync" ? "ToList" : "ToArray";
        if (ending is "ToList" or "ToArray" && operators == nameof(Enumerable) && end.ArgumentList.Arguments.Count == 0 && !HasCommentOutside(end, call))
        {
            var isKept = copy is "ToArray" || !RowsAsList.AreEnoughFor(end, semantics, cancellationToken);
            return await AwaitableAsync(place.Document, operation, end, isKept ? copy : null, model, semantics, cancellationToken).ConfigureAwait(false);
        }

        return ending is "ToListAsync" or "ToArrayAsync" && operators == "EntityFrameworkQueryableExtensions" ? Awaited(place.Document, operation, end, copy, semantics, cancellationToken) : null;
    }

    /// <summary>Adds the changes of the call, by the nodes that they replace.</summary>
    public void AddTo(Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> changes, string name)
    {
        changes[Whole] = _ => Rewrite(name);
        if (_madeAsync is { } function)
            changes[function] = AsyncEndpoint.MakeAsync;
    }

    private static EnumeratedCall? Awaited(Document document, IInvocationOperation call, InvocationExpressionSyntax end, string copy, SemanticModel semantics, CancellationToken cancellationToken)
    {
        ArgumentListSyntax? configured = null;
        var task = end;
        if (end.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { ArgumentList: var arguments } outer })
        {
            configured = arguments;
            task = outer;
        }

        if (task.Parent is not AwaitExpressionSyntax whole || end.ArgumentList.Arguments.Count > 1 || HasCommentOutside(whole, call.Syntax))
            return null;
        var isKept = copy is "ToArray" || !RowsAsList.AreEnoughFor(whole, semantics, cancellationToken);
        // A call on the rows needs no parentheses around it any more.
        var replaced = isKept && whole.Parent is ParenthesizedExpressionSyntax outside ? (ExpressionSyntax)outside : whole;
        return new EnumeratedCall(document, call, replaced, isKept ? copy : null, end.ArgumentList.Arguments.FirstOrDefault()?.Expression, configured);
    }

    private static async Task<EnumeratedCall?> AwaitableAsync(
        Document document, IInvocationOperation call, ExpressionSyntax whole, string? copy, BackendModel model, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (AwaitablePlace.Of(call, model) is not { } awaitable)
            return null;
        SyntaxNode? function = null;
        if (awaitable.Endpoint is { } endpoint)
        {
            function = AsyncEndpoint.DeclarationOf(call.Syntax);
            if (function is null || !await AsyncEndpoint.IsOnlyCalledByFrameworkAsync(endpoint, document, cancellationToken).ConfigureAwait(false))
                return null;
        }

        var token = AwaitedForm.TokenInScope(call.Syntax, semantics) is { } name ? SyntaxFactory.IdentifierName(name) : null;
        return new EnumeratedCall(document, call, whole, copy, token, configured: null, madeAsync: function);
    }

    private ExpressionSyntax Rewrite(string name)
    {
        var access = (MemberAccessExpressionSyntax)_call.Expression;
        var call = _call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(access.Name))).WithoutLeadingTrivia().WithoutTrailingTrivia();
        if (_token is not null)
            call = call.WithArgumentList(WithToken(call.ArgumentList, _token.WithoutTrivia(), _parameters));
        if (_configured is not null)
            call = FluentChain.Call(call, SyntaxFactory.Token(SyntaxKind.DotToken), "ConfigureAwait").WithArgumentList(_configured.WithoutTrivia());
        ExpressionSyntax rows = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call);
        if (_copy is not null)
            rows = FluentChain.Call(SyntaxFactory.ParenthesizedExpression(rows), SyntaxFactory.Token(SyntaxKind.DotToken), _copy);
        else if (Whole is InvocationExpressionSyntax && AwaitedForm.NeedsParentheses(Whole))
            rows = SyntaxFactory.ParenthesizedExpression(rows);
        return rows.WithTriviaFrom(Whole);
    }

    /// <summary>By its name where parameters may have been left out before it.</summary>
    private static ArgumentListSyntax WithToken(ArgumentListSyntax arguments, ExpressionSyntax token, int parameters)
    {
        var argument = SyntaxFactory.Argument(token);
        if (arguments.Arguments.Count < parameters || arguments.Arguments.Any(static given => given.NameColon is not null))
            argument = argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("cancellationToken"), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)));
        return arguments.WithArguments(arguments.Arguments.Add(arguments.Arguments.Count == 0 ? argument : argument.WithLeadingTrivia(SyntaxFactory.Space)));
    }

    /// <summary>A loop that writes while it reads may see its own changes in the rows that are still to come.</summary>
    private static bool WritesDuring(ForEachStatementSyntax loop, SemanticModel semantics, BackendModel model, CancellationToken cancellationToken) =>
        semantics.GetOperation(loop, cancellationToken) is not IForEachLoopOperation { Body: var body }
        || body.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
            model.DataAccess.Classify(call) is { Kind: RoundTripKind.DatabaseWrite } || model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseWrite, cancellationToken) is not null);

    private static bool HasCommentOutside(SyntaxNode whole, SyntaxNode call) =>
        whole.DescendantTrivia().Any(trivia => !call.FullSpan.Contains(trivia.Span) && !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia) && whole.Span.Contains(trivia.Span))
        || call.GetTrailingTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
