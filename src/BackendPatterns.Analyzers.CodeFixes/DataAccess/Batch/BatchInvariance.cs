using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Apart from the key, a batched query may mention only what has the same value before the loop and in every turn of it.</summary>
public static class BatchInvariance
{
    public static bool Holds(BatchQuery query, BatchLoop loop, BackendModel model)
    {
        var mentions = new BatchMentions(query, model);
        return mentions.AreFixed(operation => operation switch
        {
            ILocalReferenceOperation { Local: var local } => IsDeclaredOutside(local, loop) && !loop.Assigns(local),
            IParameterReferenceOperation { Parameter: var parameter } => IsDeclaredOutside(parameter, loop) && !loop.Assigns(parameter),
            IFieldReferenceOperation { Field: var field } => field.IsConst || (field.IsReadOnly && !loop.Assigns(field)),
            IPropertyReferenceOperation { Property: var property } => IsSetOnce(property) && !loop.Assigns(property),
            // A projection may also call what SQL does not know: methods of this code base, which run in memory and may do more than return a value.
            _ => !mentions.IsProjected(operation),
        });
    }

    private static bool IsDeclaredOutside(ISymbol variable, BatchLoop loop) =>
        variable.DeclaringSyntaxReferences is [var declaration] && !(declaration.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(declaration.Span));

    private static bool IsSetOnce(IPropertySymbol property) =>
        property is { IsReadOnly: true, IsVirtual: false, IsOverride: false } or { SetMethod.IsInitOnly: true }
        && property.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax() is ParameterSyntax or PropertyDeclarationSyntax { ExpressionBody: null };
}
