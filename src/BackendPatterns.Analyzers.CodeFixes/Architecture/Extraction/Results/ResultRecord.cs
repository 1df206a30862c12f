using System.Text;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Results;

/// <summary>A record in place of an anonymous type: the same members in the same order, so that it is serialized to the same text.</summary>
/// <param name="Type">The anonymous type.</param>
/// <param name="Name">The record.</param>
/// <param name="Space">Its namespace; empty for the global one.</param>
internal sealed record ResultRecord(INamedTypeSymbol Type, string Name, string Space)
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal) { "EqualityContract", "ToString", "Equals", "GetHashCode", "GetType", "MemberwiseClone", "Clone", "PrintMembers", "Finalize" };

    /// <summary>Returns the members of an anonymous type in the order of its initializer.</summary>
    public static IReadOnlyList<IPropertySymbol> MembersOf(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>().ToList();

    /// <summary>True where a record of a name can have the members of an anonymous type.</summary>
    public static bool CanStandFor(INamedTypeSymbol type, string name) => MembersOf(type).All(member => member.Name != name && !Taken.Contains(member.Name));

    /// <summary>Returns the declaration; its types are to be simplified.</summary>
    /// <param name="records">The records of all anonymous types, by type.</param>
    /// <param name="isPublic">False for a record that only its own assembly sees.</param>
    /// <param name="canRequire">True where the language and the runtime have required members.</param>
    public RecordDeclarationSyntax? Declaration(IReadOnlyDictionary<ITypeSymbol, ResultRecord> records, bool isPublic, bool canRequire)
    {
        var text = new StringBuilder($"{(isPublic ? "public" : "internal")} sealed record {Name}\n{{\n");
        var members = MembersOf(Type);
        for (var i = 0; i < members.Count; i++)
        {
            if (Written(members[i].Type, records) is not { } type)
                return null;
            var mustBeSet = members[i].Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
            text.Append(i == 0 ? "" : "\n").Append("    public ").Append(mustBeSet && canRequire ? "required " : "").Append(type).Append(' ').Append(Escaped(members[i].Name))
                .Append(" { get; init; }").Append(mustBeSet && !canRequire ? " = null!;" : "").Append('\n');
        }

        var declaration = (RecordDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text.Append("}\n").ToString())!;
        var names = declaration.DescendantNodes().OfType<QualifiedNameSyntax>().Where(static name => name.Parent is not QualifiedNameSyntax && name.ToString().Contains("::"));
        return declaration.ReplaceNodes(names, static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    /// <summary>Returns the object initializer in place of an anonymous object, whose own parts may be rewritten already.</summary>
    public ObjectCreationExpressionSyntax Creation(AnonymousObjectCreationExpressionSyntax rewritten)
    {
        var members = MembersOf(Type);
        var parts = rewritten.Initializers.GetWithSeparators();
        var assignments = SyntaxFactory.NodeOrTokenList();
        var index = 0;
        foreach (var part in parts)
            assignments = assignments.Add(part.IsToken ? part : (SyntaxNodeOrToken)Assignment((AnonymousObjectMemberDeclaratorSyntax)part.AsNode()!, members[index++].Name));
        var type = CrossingTypes.Written("global::" + (Space.Length == 0 ? "" : Space + ".") + Name);
        var after = rewritten.NewKeyword.TrailingTrivia;
        return SyntaxFactory.ObjectCreationExpression(
            rewritten.NewKeyword.WithTrailingTrivia(SyntaxFactory.Space),
            type.WithTrailingTrivia(after.Count == 0 ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : after),
            argumentList: null,
            SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression, rewritten.OpenBraceToken, SyntaxFactory.SeparatedList<ExpressionSyntax>(assignments), rewritten.CloseBraceToken));
    }

    private static AssignmentExpressionSyntax Assignment(AnonymousObjectMemberDeclaratorSyntax part, string name) => part.NameEquals is { } named
        ? SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, named.Name, named.EqualsToken, part.Expression)
        : SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.IdentifierName(Escaped(name)).WithLeadingTrivia(part.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            part.Expression.WithLeadingTrivia());

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;

    /// <summary>Returns a member's type as it is written, or null where it cannot be.</summary>
    private static string? Written(ITypeSymbol type, IReadOnlyDictionary<ITypeSymbol, ResultRecord> records)
    {
        if (type is INamedTypeSymbol { IsAnonymousType: true })
            return records.TryGetValue(type, out var record) ? record.Name + (type.NullableAnnotation is NullableAnnotation.Annotated ? "?" : "") : null;
        if (type is INamedTypeSymbol { TypeArguments: [var element] } named && element.IsAnonymousType && Written(element, records) is { } written)
        {
            var generic = CrossingTypes.Write(named.OriginalDefinition).ToString();
            return generic.Substring(0, generic.LastIndexOf('<')) + "<" + written + ">" + (type.NullableAnnotation is NullableAnnotation.Annotated ? "?" : "");
        }

        return CrossingTypes.CanCross(type, isResult: true) ? CrossingTypes.Write(type).ToString() : null;
    }
}
