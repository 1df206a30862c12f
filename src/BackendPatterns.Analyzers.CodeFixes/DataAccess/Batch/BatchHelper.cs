using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// A private method of the same file that does nothing but run one query: <c>Task&lt;User&gt; FindTraderAsync(int id) =>
/// db.Users.SingleAsync(x => x.Id == id)</c>. With its query written in place of the call, the loop around the call is one that a batch
/// can replace.
/// </summary>
public static class BatchHelper
{
    /// <summary>
    /// Returns the document with the query in place of the call, and the call that executes it there; null where the call is not one of
    /// such a method, or the query would not mean the same in the caller.
    /// </summary>
    public static async Task<(Document Document, SemanticModel Semantics, IInvocationOperation Query)?> InlineAsync(
        Document document, SemanticModel semantics, IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (call.Syntax is not InvocationExpressionSyntax invocation
            || QueryOf(call.TargetMethod, semantics, cancellationToken) is not { } query
            || !MeansTheSame(query, call, invocation, semantics) || Substitute(query, call, semantics) is not { } inlined)
        {
            return null;
        }

        var mark = new SyntaxAnnotation();
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var written = inlined.WithTriviaFrom(invocation).WithAdditionalAnnotations(mark);
        var changed = document.WithSyntaxRoot(root.ReplaceNode(invocation, written));
        var changedRoot = (await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        return await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
               && model.GetOperation(changedRoot.GetAnnotatedNodes(mark).Single(), cancellationToken) is IInvocationOperation inPlace
               && NameOf(inPlace.Type) == NameOf(call.Type)
            ? (changed, model, inPlace)
            : null;
    }

    /// <summary>Types of two compilations are compared by their names.</summary>
    private static string? NameOf(ITypeSymbol? type) => type?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>
    /// Returns the document without the method, where nothing in it mentions the method any more: no code, no documentation, no attribute
    /// of the method that might make a framework call it.
    /// </summary>
    public static async Task<Document> WithoutUnusedAsync(Document document, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var mentions = root.DescendantTokens(descendIntoTrivia: true)
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == method.Name).ToList();
        if (mentions is not [{ Parent: MethodDeclarationSyntax { AttributeLists.Count: 0, ContainsDirectives: false } declaration }]
            || declaration.Parent is not TypeDeclarationSyntax type || type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            return document;
        }

        var index = type.Members.IndexOf(declaration);
        var members = type.Members.RemoveAt(index);
        // The blank line below the first member has nothing to separate any more.
        if (index == 0 && members.Count > 0)
            members = members.Replace(members[0], members[0].WithLeadingTrivia(members[0].GetLeadingTrivia().SkipWhile(IsLineBreak)));
        return document.WithSyntaxRoot(root.ReplaceNode(type, type.WithMembers(members)));
    }

    private static bool IsLineBreak(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    private static ExpressionSyntax? QueryOf(IMethodSymbol method, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (method is not { DeclaredAccessibility: Accessibility.Private, IsGenericMethod: false, MethodKind: MethodKind.Ordinary }
            || method.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != semantics.SyntaxTree
            || reference.GetSyntax(cancellationToken) is not MethodDeclarationSyntax declaration)
        {
            return null;
        }

        return SingleQueryBody.Of(declaration) is { } value ? SingleQueryBody.CallIn(value) : null;
    }

    /// <summary>
    /// The helper is called on the caller's own object, nothing declared in the caller hides a name of the query, and nothing declared in
    /// the query hides one of the arguments.
    /// </summary>
    private static bool MeansTheSame(
        ExpressionSyntax query, IInvocationOperation call, InvocationExpressionSyntax invocation, SemanticModel semantics)
    {
        if (call.Instance is not (null or IInstanceReferenceOperation)
            || query.DescendantNodes().Any(static node => node is AwaitExpressionSyntax)
            || invocation.FirstAncestorOrSelf<TypeDeclarationSyntax>() != query.FirstAncestorOrSelf<TypeDeclarationSyntax>())
        {
            return false;
        }

        var declared = DeclaredIn(invocation.MemberAround());
        return !NamesIn(query).Any(name => declared.Contains(name.Identifier.ValueText) && !IsOwn(semantics.GetSymbolInfo(name).Symbol))
               && !DeclaredIn(query).Overlaps(NamesIn(invocation.ArgumentList).Select(static name => name.Identifier.ValueText));
    }

    /// <summary>
    /// A parameter of the helper or of a lambda in its query; those of a primary constructor are seen by the caller too, and may be hidden
    /// there.
    /// </summary>
    private static bool IsOwn(ISymbol? named) =>
        named is IRangeVariableSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } };

    private static IEnumerable<SimpleNameSyntax> NamesIn(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
            .Where(static name => name.Parent is not MemberAccessExpressionSyntax member || member.Name != name);

    /// <summary>Every name that a declaration of any kind introduces.</summary>
    private static HashSet<string> DeclaredIn(SyntaxNode node) =>
        new(node.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is not SimpleNameSyntax)
            .Select(static token => token.ValueText), StringComparer.Ordinal);

    /// <summary>
    /// Returns the query with the arguments in place of the parameters, or null where an argument does more than name a value.
    /// </summary>
    private static ExpressionSyntax? Substitute(ExpressionSyntax query, IInvocationOperation call, SemanticModel semantics)
    {
        var values = new Dictionary<ISymbol, ExpressionSyntax>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { RefKind: RefKind.None } parameter }
                || !NamesAValue(argument.Value)
                || !SymbolEqualityComparer.Default.Equals(argument.Value.Unwrap().Type, parameter.Type)
                || argument.Value.Syntax is not (SimpleNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax))
            {
                return null;
            }

            values.Add(parameter, ((ExpressionSyntax)argument.Value.Syntax).WithoutTrivia());
        }

        var uses = query.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => semantics.GetSymbolInfo(name).Symbol is IParameterSymbol parameter && values.ContainsKey(parameter)).ToList();
        return query.ReplaceNodes(uses, (name, _) => values[semantics.GetSymbolInfo(name).Symbol!].WithTriviaFrom(name));
    }

    private static bool NamesAValue(IOperation value) => value.Unwrap() switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or ILiteralOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: var instance } => instance is null || IsVariable(instance),
        IFieldReferenceOperation { Instance: var instance } => instance is null || IsVariable(instance),
        _ => false,
    };

    private static bool IsVariable(IOperation value) =>
        value is IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation;
}
