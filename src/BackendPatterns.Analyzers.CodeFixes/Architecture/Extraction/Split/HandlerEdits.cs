using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Puts the calls of the service in place of the regions of a handler.</summary>
internal static class HandlerEdits
{
    public static SyntaxNode Apply(SplitScope scope, IReadOnlyList<(Region Region, SyntaxNode Call)> edits)
    {
        var handler = scope.Handler.TrackNodes(edits.SelectMany(static edit => edit.Region.Nodes));
        foreach (var (region, call) in edits)
        {
            handler = handler.ReplaceNode(handler.GetCurrentNode(region.First)!, call);
            foreach (var rest in region.Statements.Skip(1))
                handler = handler.RemoveNode(handler.GetCurrentNode(rest)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        return handler;
    }
}
