using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// A private method of the same file that does nothing but run one query: <c>Task&lt;User&gt; FindTraderAsync(int id) => db.Users.SingleAsync(x => x.Id == id)</c>.
/// With its query written in place of the call, the loop around the call is one that a batch can replace.
/// </summary>
public static class BatchHelper
{
    /// <summary>
    /// Returns the document with the query in place of the call, and the call that executes it there; null where the call is not one of such a method, or
    /// the query would not mean the same in the caller.
    /// </summary>
    public static async Task<(Document Document, SemanticModel Semantics, IInvocationOperation Query)?> InlineAsync(
        Document document, SemanticModel semantics, IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (call.Syntax is not InvocationExpressionSyntax invocation || QueryOf(call.TargetMethod, semantics, cancellationToken) is not { } query
            || !MeansTheSame(query, invocation) || Substitute(query, call, semantics) is not { } inlined)
        {
            return null;
        }

        var mark = new SyntaxAnnotation();
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var changed = document.WithSyntaxRoot(root.ReplaceNode(invocation, inlined.WithTriviaFrom(invocation).WithAdditionalAnnotations(mark)));
        var changedRoot = (await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        return await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
               && model.GetOperation(changedRoot.GetAnnotatedNodes(mark).Single(), cancellationToken) is IInvocationOperation inPlace
               && SymbolEqualityComparer.IncludeNullability.Equals(inPlace.Type, call.Type)
            ? (changed, model, inPlace)
            : null;
    }

    /// <summary>Returns the document without the method, where nothing in it mentions the method any more.</summary>
    public static async Task<Document> WithoutUnusedAsync(Document document, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var mentions = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == method.Name).ToList();
        return mentions is [{ Parent: MethodDeclarationSyntax declaration }] && declaration.Parent is TypeDeclarationSyntax type && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
            ? document.WithSyntaxRoot(root.RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia)!)
            : document;
    }

    private static ExpressionSyntax? QueryOf(IMethodSymbol method, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (method is not { DeclaredAccessibility: Accessibility.Private, IsGenericMethod: false, MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences: [var reference] }
            || reference.SyntaxTree != semantics.SyntaxTree || reference.GetSyntax(cancellationToken) is not MethodDeclarationSyntax declaration)
        {
            return null;
        }

        var body = declaration switch
        {
            { ExpressionBody.Expression: { } expression } => expression,
            { Body.Statements: [ReturnStatementSyntax { Expression: { } returned }] } => returned,
            _ => null,
        };
        // An async method and one that hands the task on give the same to a caller that awaits it.
        return body is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } ? awaited : body as InvocationExpressionSyntax;
    }

    /// <summary>No local or parameter of the caller hides a name of the query, and no parameter of the query's lambdas hides one of the arguments.</summary>
    private static bool MeansTheSame(ExpressionSyntax query, InvocationExpressionSyntax call)
    {
        if (call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } caller || query.DescendantNodes().Any(static node => node is AwaitExpressionSyntax))
            return false;
        var declared = DeclaredIn(caller);
        var lambdaParameters = DeclaredIn(query);
        return !NamesIn(query).Any(name => declared.Contains(name) && !lambdaParameters.Contains(name) && !IsParameterOfHelper(query, name))
               && !lambdaParameters.Overlaps(NamesIn(call.ArgumentList)) && !lambdaParameters.Overlaps(declared);
    }

    private static bool IsParameterOfHelper(SyntaxNode query, string name) =>
        query.FirstAncestorOrSelf<MethodDeclarationSyntax>()!.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name);

    private static IEnumerable<string> NamesIn(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(static name => name.Parent is not MemberAccessExpressionSyntax member || member.Name != name)
            .Select(static name => name.Identifier.ValueText);

    private static HashSet<string> DeclaredIn(SyntaxNode node) =>
        new(node.DescendantNodes().Select(static declaration => declaration switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            ForEachStatementSyntax loop => loop.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
            _ => "",
        }).Where(static name => name.Length > 0), StringComparer.Ordinal);

    /// <summary>Returns the query with the arguments in place of the parameters, or null where an argument does more than name a value.</summary>
    private static ExpressionSyntax? Substitute(ExpressionSyntax query, IInvocationOperation call, SemanticModel semantics)
    {
        var values = new Dictionary<ISymbol, ExpressionSyntax>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { RefKind: RefKind.None } parameter } || !NamesAValue(argument.Value)
                || !SymbolEqualityComparer.Default.Equals(argument.Value.Type, parameter.Type) || argument.Value.Syntax is not ExpressionSyntax value)
            {
                return null;
            }

            values.Add(parameter, value.WithoutTrivia());
        }

        var uses = query.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => semantics.GetSymbolInfo(name).Symbol is IParameterSymbol parameter && values.ContainsKey(parameter)).ToList();
        return query.ReplaceNodes(uses, (name, _) => values[semantics.GetSymbolInfo(name).Symbol!].WithTriviaFrom(name));
    }

    private static bool NamesAValue(IOperation value) => value.Unwrap() switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or ILiteralOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation } => true,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation } => true,
        _ => false,
    };
}
