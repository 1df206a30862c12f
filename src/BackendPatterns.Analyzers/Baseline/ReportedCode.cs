using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>Says of the places of one compilation in which member they are and what they look like there.</summary>
internal sealed class ReportedCode(Compilation compilation)
{
    private readonly ConcurrentDictionary<(SyntaxNode Declaration, string Name, SyntaxKind Kind), CodeOfMember> _members = new();

    /// <summary>The place of a report: the name of its member, the nodes of the reported kind there, and the fingerprint. Null for a place that is in no C# file of the compilation.</summary>
    public Place? At(Location location, CancellationToken cancellation = default)
    {
        if (location.SourceTree is not { } tree || !compilation.ContainsSyntaxTree(tree))
            return null;
        var root = tree.GetRoot(cancellation);
        if (!root.FullSpan.Contains(location.SourceSpan))
            return null;
        var node = Whole(root.FindNode(location.SourceSpan, findInsideTrivia: false, getInnermostNodeForTie: true));
        var declaration = MemberName.DeclarationOf(node);
        var name = MemberName.Of(declaration, node);
        var declarations = DeclarationsOf(declaration, node);
        var kind = node.Kind();
        var code = _members.GetOrAdd((declarations[0], name, kind), key => new CodeOfMember(declarations, key.Kind, cancellation));
        return new Place(name, code, code.Of(node));
    }

    /// <summary>Where only the name of what is called is marked, the call is meant: the name alone would be the same for many.</summary>
    private static SyntaxNode Whole(SyntaxNode node)
    {
        while (node is SimpleNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax)
        {
            if (node.Parent is MemberAccessExpressionSyntax access && access.Name == node
                || node.Parent is MemberBindingExpressionSyntax
                || node.Parent is InvocationExpressionSyntax call && call.Expression == node)
                node = node.Parent;
            else
                break;
        }

        return node;
    }

    /// <summary>All declarations that have this name: overloads, also in other parts of the type, and the other global statements.</summary>
    private List<SyntaxNode> DeclarationsOf(SyntaxNode declaration, SyntaxNode node)
    {
        if (declaration is GlobalStatementSyntax or not MemberDeclarationSyntax)
            return [declaration.SyntaxTree.GetRoot()];
        var member = (MemberDeclarationSyntax)declaration;
        if (member is BaseTypeDeclarationSyntax header)
            return PartsOf(header);
        if (member.Parent is not TypeDeclarationSyntax type)
            return [member];
        var name = MemberName.SimpleName(member, node);
        var same = new List<SyntaxNode>();
        foreach (var part in PartsOf(type).OfType<TypeDeclarationSyntax>())
            same.AddRange(part.Members.Where(other => other.RawKind == member.RawKind && HasName(other, name)));
        return same.Contains(member) ? same : [member];
    }

    private static bool HasName(MemberDeclarationSyntax member, string name) =>
        member is BaseFieldDeclarationSyntax field
            ? field.Declaration.Variables.Any(variable => MemberName.SimpleName(field, variable) == name)
            : MemberName.SimpleName(member, member) == name;

    /// <summary>The declarations of a type, by file and place.</summary>
    private List<SyntaxNode> PartsOf(BaseTypeDeclarationSyntax type)
    {
        if (!type.Modifiers.Any(SyntaxKind.PartialKeyword)
            || BackendModel.For(compilation).SemanticModelOf(type.SyntaxTree)?.GetDeclaredSymbol(type) is not INamedTypeSymbol symbol)
            return [type];
        var parts = symbol.DeclaringSyntaxReferences
            .OrderBy(part => part.SyntaxTree.FilePath.Replace('\\', '/'), StringComparer.Ordinal)
            .ThenBy(part => part.Span.Start)
            .Select(part => part.GetSyntax())
            .ToList();
        return parts.Contains(type) ? parts : [type];
    }

    /// <param name="Member">The name of the member.</param>
    /// <param name="Code">The nodes of the reported kind in it.</param>
    /// <param name="Fingerprint">The fingerprint of the reported one.</param>
    internal sealed record Place(string Member, CodeOfMember Code, Fingerprint Fingerprint);
}
