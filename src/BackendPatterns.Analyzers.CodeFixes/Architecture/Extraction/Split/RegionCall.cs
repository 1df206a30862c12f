using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Writes what stands in the handler in place of a region.</summary>
/// <param name="region">The region.</param>
/// <param name="scope">The handler.</param>
internal sealed class RegionCall(Region region, SplitScope scope)
{
    /// <summary>Returns the call in place of an expression.</summary>
    public ExpressionSyntax Expression(ServiceMethod method, IEnumerable<string> arguments)
    {
        var call = SyntaxFactory.ParseExpression(Text(method, arguments));
        var needsParentheses = call is AwaitExpressionSyntax && region.Expression!.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax
            or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
        return (needsParentheses ? SyntaxFactory.ParenthesizedExpression(call) : call).WithTriviaFrom(region.Expression!).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>
    /// Returns the statement in place of statements, with the blank lines above the first and the line break after the last. Their comments have left with them, but for those around
    /// statements that another handler gave to the service: there they are not.
    /// </summary>
    public StatementSyntax Statement(ServiceMethod method, IEnumerable<string> arguments, bool isShared)
    {
        var call = Text(method, arguments);
        var text = region.Flow switch
        {
            { Returns: true, Returned: null } => $"{{ {call}; return; }}",
            { Returns: true } => $"return {call};",
            { Outputs: [] } => $"{call};",
            { Outputs: [var output], Declared: [] } => $"{Name(output)} = {call};",
            { Outputs: [var output] } => $"{DeclaredType(output)} {Name(output)} = {call};",
            { Declared: [], Outputs: var outputs } => $"({string.Join(", ", outputs.Select(Name))}) = {call};",
            { Outputs: var outputs } when outputs.Length == region.Flow.Declared.Length => $"var ({string.Join(", ", outputs.Select(Name))}) = {call};",
            { Outputs: var outputs } => $"({string.Join(", ", outputs.Select(output => IsDeclared(output) ? "var " + Name(output) : Name(output)))}) = {call};",
        };
        return SyntaxFactory.ParseStatement(text)
            .WithLeadingTrivia(isShared ? region.First.GetLeadingTrivia() : Leading(region.First.GetLeadingTrivia()))
            .WithTrailingTrivia(isShared ? region.Last.GetTrailingTrivia() : region.Last.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private string Text(ServiceMethod method, IEnumerable<string> arguments) =>
        $"{(region.IsAsync ? "await " : "")}{scope.Service}.{method.Name}({string.Join(", ", arguments)})";

    private bool IsDeclared(ISymbol output) => region.Flow.Declared.Contains(output, SymbolEqualityComparer.Default);

    private static string Name(ISymbol symbol) => SyntaxFacts.GetKeywordKind(symbol.Name) is SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    private static string DeclaredType(ISymbol output) =>
        output.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var type } }
            ? type.WithoutTrivia().ToString()
            : "var";

    private static IEnumerable<SyntaxTrivia> Leading(SyntaxTriviaList list) =>
        list.TakeWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            .Concat(list.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1));
}
