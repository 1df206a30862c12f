using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>
/// Gives an endpoint type its service instead of what moved: the first thing that goes is replaced where it stands (field, constructor parameter, assignment), the others are
/// removed.
/// </summary>
/// <param name="Gone">What the type does not use any more, moved values first.</param>
/// <param name="Contract">The interface, fully qualified; null where nothing takes the place of what goes.</param>
/// <param name="Member">The name that handlers use: a field, or the parameter of the primary constructor.</param>
/// <param name="Parameter">The name of the constructor parameter.</param>
internal sealed record EndpointCleanup(ImmutableArray<InjectedValue> Gone, string? Contract, string Member, string Parameter)
{
    private static readonly SyntaxAnnotation Removed = new();

    /// <summary>Returns the declaration; null where something is declared in a way that cannot be taken apart.</summary>
    public TypeDeclarationSyntax? Apply(TypeDeclarationSyntax type)
    {
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        var removed = new List<SyntaxNode>();
        for (var i = 0; i < Gone.Length; i++)
        {
            foreach (var (node, with) in Parts(type, Gone[i]))
            {
                if (with is null && node is null)
                    return null;
                if (i == 0 && Contract is not null && with is not null)
                    replaced[node!] = with;
                else if (!(node is ParameterSyntax && IsStillTaken(Gone[i], i)))
                    removed.Add(node!);
            }
        }

        var changed = type.ReplaceNodes(replaced.Keys.Concat(removed), (original, current) => replaced.TryGetValue(original, out var with) ? with : current.WithAdditionalAnnotations(Removed));
        while (changed.GetAnnotatedNodes(Removed).FirstOrDefault() is { } current)
            changed = Without(changed, current);
        return changed;
    }

    private bool IsStillTaken(InjectedValue value, int index) =>
        Gone.Where((other, at) => at < index && SymbolEqualityComparer.Default.Equals(other.Parameter, value.Parameter)).Any();

    private static TypeDeclarationSyntax Without(TypeDeclarationSyntax type, SyntaxNode node)
    {
        if (node is MemberDeclarationSyntax member)
        {
            var index = type.Members.IndexOf(member);
            var changed = type.WithMembers(type.Members.RemoveAt(index));
            // The first member that is left does not begin with the blank line that stood between them.
            if (index < changed.Members.Count && StartsWithBlankLine(changed.Members[index]) && (index == 0 || !StartsWithBlankLine(member)))
            {
                var next = changed.Members[index];
                if (index == 0 || changed.Members[index - 1] is not FieldDeclarationSyntax || next is FieldDeclarationSyntax)
                    changed = changed.ReplaceNode(next, next.WithLeadingTrivia(next.GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
            }
            else if (index < changed.Members.Count && StartsWithBlankLine(member) && !StartsWithBlankLine(changed.Members[index]))
            {
                var next = changed.Members[index];
                changed = changed.ReplaceNode(next, next.WithLeadingTrivia(next.GetLeadingTrivia().Insert(0, LineBreaks.In(type))));
            }

            return changed;
        }

        // Without its one assignment a constructor has nothing to do.
        if (node.Parent is ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax constructor })
            return type.ReplaceNode(constructor, constructor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(SyntaxFactory.Block().WithTrailingTrivia(constructor.GetTrailingTrivia())));
        return type.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static bool StartsWithBlankLine(MemberDeclarationSyntax member) => member.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>The declarations and statements of a value, each with what the service has in its place; a pair of nulls where one cannot be taken apart.</summary>
    private IEnumerable<(SyntaxNode? Node, SyntaxNode? With)> Parts(TypeDeclarationSyntax type, InjectedValue value)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [value.Parameter.Name] = Parameter, [value.Symbol.Name] = Member };
        if (value.Symbol is not IParameterSymbol)
        {
            switch (value.Symbol.DeclaringSyntaxReferences[0].GetSyntax())
            {
                case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax } } variable:
                    var field = (FieldDeclarationSyntax)Same(type, variable.FirstAncestorOrSelf<FieldDeclarationSyntax>()!);
                    yield return (field, Renamed(field.ReplaceNode(field.Declaration.Type, TypeFor(field.Declaration.Type)), names));
                    break;
                case PropertyDeclarationSyntax declared:
                    var property = (PropertyDeclarationSyntax)Same(type, declared);
                    yield return (property, Renamed(property.WithType(TypeFor(property.Type)), names));
                    break;
                default:
                    yield return (null, null);
                    break;
            }
        }

        foreach (var constructor in type.Members.OfType<ConstructorDeclarationSyntax>())
        {
            foreach (var assignment in ConstructorAssignments.Assignments(constructor))
            {
                if (ConstructorAssignments.TargetName(assignment) != value.Symbol.Name)
                    continue;
                yield return assignment.Parent is ExpressionStatementSyntax statement ? (statement, Renamed(statement, names)) : (assignment, Renamed(assignment, names));
            }
        }

        var parameters = type.ParameterList ?? type.Members.OfType<ConstructorDeclarationSyntax>().Select(static constructor => constructor.ParameterList).FirstOrDefault();
        if (parameters?.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == value.Parameter.Name) is { } taken)
            yield return (taken, WithService(taken, Parameter));
    }

    /// <summary>Returns a parameter that takes the service instead.</summary>
    public ParameterSyntax WithService(ParameterSyntax parameter, string name)
    {
        var kept = parameter.AttributeLists.Where(static list => list.Attributes.All(static attribute => attribute.Name.ToString() is "FromServices" or "FromServicesAttribute")).ToList();
        var changed = parameter.WithType(TypeFor(parameter.Type!)).WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(parameter.Identifier));
        return kept.Count == parameter.AttributeLists.Count ? changed : changed.WithAttributeLists(SyntaxFactory.List(kept)).WithLeadingTrivia(parameter.GetLeadingTrivia());
    }

    private TypeSyntax TypeFor(TypeSyntax old) => SyntaxFactory.ParseTypeName(Contract ?? old.ToString()).WithTriviaFrom(old).WithAdditionalAnnotations(Simplifier.Annotation);

    private static T Renamed<T>(T node, Dictionary<string, string> names)
        where T : SyntaxNode =>
        node.ReplaceTokens(
            node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && names.ContainsKey(token.ValueText)),
            (token, _) => SyntaxFactory.Identifier(names[token.ValueText]).WithTriviaFrom(token));

    /// <summary>The same declaration in the changed type: by its kind and place among those of the kind.</summary>
    private static MemberDeclarationSyntax Same(TypeDeclarationSyntax type, SyntaxNode declaration)
    {
        var original = (TypeDeclarationSyntax)declaration.Parent!;
        return type.Members[original.Members.IndexOf((MemberDeclarationSyntax)declaration)];
    }
}
