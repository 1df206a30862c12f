using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Finds the variables that cross the border of a region.</summary>
internal sealed class RegionVariables(TextSpan span, ImmutableArray<CodeMark> marks, DataFlowAnalysis flow, SplitScope scope)
{
    /// <summary>Returns them, or null where one crosses in a way that parameters and results cannot express.</summary>
    public RegionFlow? Crossing()
    {
        var uses = UsesInside();
        if (uses is null || flow.UnsafeAddressTaken.Length > 0)
            return null;
        var outputs = Outputs();
        if (outputs is null)
            return null;
        var unassigned = ImmutableArray.CreateBuilder<ISymbol>();
        var inputs = new List<ISymbol>(uses.Where(use => !IsDeclaredInside(use) && (flow.DataFlowsIn.Contains(use, SymbolEqualityComparer.Default) || !flow.WrittenInside.Contains(use, SymbolEqualityComparer.Default))));
        foreach (var output in outputs.Where(output => !IsDeclaredInside(output) && !inputs.Contains(output, SymbolEqualityComparer.Default)))
        {
            if (flow.AlwaysAssigned.Contains(output, SymbolEqualityComparer.Default))
                unassigned.Add(output);
            else if (flow.DefinitelyAssignedOnEntry.Contains(output, SymbolEqualityComparer.Default))
                inputs.Add(output);
            else
                return null;
        }

        // Set inside, declared outside, and not used afterwards.
        foreach (var written in flow.WrittenInside)
        {
            if (!IsDeclaredInside(written) && !inputs.Contains(written, SymbolEqualityComparer.Default) && !unassigned.Contains(written, SymbolEqualityComparer.Default))
                return null;
        }

        if (inputs.Any(input => !CanCross(input, isResult: false)) || outputs.Any(output => !CanCross(output, isResult: true)))
            return null;
        return new RegionFlow(
            inputs.ToImmutableArray(), outputs.ToImmutableArray(), outputs.Where(IsDeclaredInside).ToImmutableArray(), unassigned.ToImmutable(), Returned: null, Returns: false);
    }

    private List<ISymbol>? Outputs()
    {
        var outputs = flow.DataFlowsOut.Where(static symbol => symbol is ILocalSymbol or IParameterSymbol { IsThis: false }).ToList();
        if (flow.VariablesDeclared.Any(declared => !outputs.Contains(declared, SymbolEqualityComparer.Default) && IsUsedOutside(declared)))
            return null;
        outputs.Sort(static (one, other) => Position(one).CompareTo(Position(other)));
        return outputs;
    }

    /// <summary>The variables of the handler that the region uses besides those that only occur in values of the endpoint; null where it calls a local function from outside.</summary>
    private List<ISymbol>? UsesInside()
    {
        var uses = new List<ISymbol>();
        foreach (var name in Body().DescendantNodes(node => node.Span.OverlapsWith(span)).OfType<IdentifierNameSyntax>())
        {
            if (!span.Contains(name.Span) || marks.Any(mark => mark.Kind is not MarkKind.Static && mark.Span.Contains(name.Span)))
                continue;
            var symbol = scope.SymbolOf(name);
            if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } && !IsDeclaredInside(symbol))
                return null;
            // Another value in the query than the literal that the compiler writes for it.
            if (symbol is ILocalSymbol { IsConst: true } && !IsDeclaredInside(symbol))
                return null;
            var isVariable = symbol is ILocalSymbol or IParameterSymbol && name.Parent is not (NameColonSyntax or NameEqualsSyntax);
            if (isVariable && !uses.Contains(symbol!, SymbolEqualityComparer.Default))
                uses.Add(symbol!);
        }

        return uses;
    }

    private bool CanCross(ISymbol variable, bool isResult)
    {
        var type = variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;
        return variable is not (ILocalSymbol { IsRef: true } or IParameterSymbol { RefKind: not RefKind.None })
            && scope.CanCross(type, isResult) && !IsSharedWithLambda(variable);
    }

    /// <summary>True where lambdas on both sides hold the variable and it changes, or one that may run later does: a copy would not be the same.</summary>
    private bool IsSharedWithLambda(ISymbol variable)
    {
        var isInside = flow.CapturedInside.Contains(variable, SymbolEqualityComparer.Default);
        var isOutside = flow.CapturedOutside.Contains(variable, SymbolEqualityComparer.Default);
        return ((isInside && isOutside) || (isInside && flow.DataFlowsOut.Any(IsLazy)) || (isOutside && flow.DataFlowsIn.Any(IsLazy))) && IsAssigned(variable);
    }

    private static bool IsLazy(ISymbol variable) =>
        variable is ILocalSymbol { Type: var type } && (type.TypeKind is TypeKind.Delegate || type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T);

    private bool IsAssigned(ISymbol variable) =>
        Body().DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variable.Name && IsTarget(name));

    private static bool IsTarget(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.PostIncrementExpression) || postfix.IsKind(SyntaxKind.PostDecrementExpression),
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0 || argument.Parent is TupleExpressionSyntax,
        _ => false,
    };

    private bool IsUsedOutside(ISymbol variable) =>
        Body().DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == variable.Name && !span.Contains(name.Span) && SymbolEqualityComparer.Default.Equals(scope.SymbolOf(name), variable));

    private bool IsDeclaredInside(ISymbol symbol) => symbol.DeclaringSyntaxReferences is [var declaration] && span.Contains(declaration.Span);

    private SyntaxNode Body() => scope.Body!;

    private static int Position(ISymbol symbol) => symbol.DeclaringSyntaxReferences is [var declaration, ..] ? declaration.Span.Start : int.MaxValue;
}
