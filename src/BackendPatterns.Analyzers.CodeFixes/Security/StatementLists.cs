using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Rewrites the list that statements stand in: a block, a section of a <c>switch</c>, the top level of a file.</summary>
internal static class StatementLists
{
    /// <summary>Returns the file with each statement of a list replaced by others, none or several; null where the parent is no list.</summary>
    public static SyntaxNode? Replace(SyntaxNode parent, IReadOnlyDictionary<SyntaxNode, List<SyntaxNode>> replacements)
    {
        IEnumerable<SyntaxNode> Replaced(SyntaxNode place) => replacements.TryGetValue(place, out var others) ? others : [place];
        SyntaxNode? changed = parent switch
        {
            BlockSyntax block => block.WithStatements(new SyntaxList<StatementSyntax>(block.Statements.SelectMany(Replaced).Cast<StatementSyntax>())),
            SwitchSectionSyntax section => section.WithStatements(new SyntaxList<StatementSyntax>(section.Statements.SelectMany(Replaced).Cast<StatementSyntax>())),
            CompilationUnitSyntax unit => unit.WithMembers(new SyntaxList<MemberDeclarationSyntax>(unit.Members.SelectMany(Replaced).Cast<MemberDeclarationSyntax>())),
            _ => null,
        };
        return changed is null ? null : parent.SyntaxTree.GetRoot().ReplaceNode(parent, changed);
    }
}
