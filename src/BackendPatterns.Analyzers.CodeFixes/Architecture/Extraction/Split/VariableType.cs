using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>The types of the variables that cross the border of a region, with what the compiler knows there about null.</summary>
internal static class VariableType
{
    /// <summary>Returns the type of a variable that a region reads.</summary>
    public static ITypeSymbol OfInput(ISymbol variable, TextSpan region, SplitScope scope) =>
        FirstUse(variable, scope, name => region.Contains(name.Span)) is { } use ? At(use, variable, scope) : Declared(variable);

    /// <summary>Returns the type of a variable that a region sets.</summary>
    public static ITypeSymbol OfOutput(ISymbol variable, TextSpan region, SplitScope scope)
    {
        if (variable.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(scope.Cancellation) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } })
        {
            return Declared(variable);
        }

        return FirstUse(variable, scope, name => name.SpanStart >= region.End) is { } use ? At(use, variable, scope) : Declared(variable);
    }

    /// <summary>Returns the type of an expression's value.</summary>
    public static ITypeSymbol? OfValue(ExpressionSyntax value, SplitScope scope)
    {
        var info = scope.Semantics.GetTypeInfo(value, scope.Cancellation);
        return info.Type is { } type ? Nullability.Of(type, info.Nullability.FlowState, value.SpanStart, scope) : null;
    }

    private static ITypeSymbol At(IdentifierNameSyntax use, ISymbol variable, SplitScope scope) =>
        Nullability.Of(Declared(variable), scope.Semantics.GetTypeInfo(use, scope.Cancellation).Nullability.FlowState, use.SpanStart, scope);

    private static ITypeSymbol Declared(ISymbol variable) => variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;

    private static IdentifierNameSyntax? FirstUse(ISymbol variable, SplitScope scope, Func<IdentifierNameSyntax, bool> where) =>
        scope.Body!.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(name =>
            name.Identifier.ValueText == variable.Name && where(name) && name.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } and not NameColonSyntax
            && SymbolEqualityComparer.Default.Equals(scope.SymbolOf(name), variable));
}
