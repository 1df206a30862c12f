using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>
/// A call by which a method or local function starts itself again on the same work: for the retry that it may be part of, a jump back to the first line.
/// </summary>
/// <param name="Call">The call.</param>
/// <param name="Function">The method or local function around it, which it calls.</param>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Root">The operation of the function.</param>
/// <param name="Body">The block or expression that runs again.</param>
/// <param name="Counted">The parameters that are passed on counted up or down.</param>
public sealed record SelfCall(IInvocationOperation Call, IMethodSymbol Function, SyntaxNode Declaration, IOperation Root, SyntaxNode Body, IReadOnlyCollection<IParameterSymbol> Counted)
{
    /// <summary>Returns the self-call that a call is, or null where it calls something else, on another object, or with other arguments: then it is other work.</summary>
    public static SelfCall? Of(IInvocationOperation call)
    {
        if (call.Instance is not (null or IInstanceReferenceOperation) || call.SemanticModel is not { } semantics)
            return null;
        var root = call.EnclosingFunction() ?? call.Root();
        var function = root switch
        {
            ILocalFunctionOperation local => local.Symbol,
            IMethodBodyOperation body => semantics.GetDeclaredSymbol(body.Syntax) as IMethodSymbol,
            _ => null,
        };
        if (function is null || !SymbolEqualityComparer.Default.Equals(function.OriginalDefinition, call.TargetMethod.OriginalDefinition) || BodyOf(root.Syntax) is not { } repeated)
            return null;
        var values = LocalValues.Around(call);
        var counted = new List<IParameterSymbol>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } declared || function.Parameters.Length <= declared.Ordinal)
                return null;
            var parameter = function.Parameters[declared.Ordinal];
            if (IsCountedUpOrDown(argument.Value, parameter) && OnlyMeasures(parameter, call, values))
                counted.Add(parameter);
            else if (!IsSame(argument.Value, parameter, values))
                return null;
        }

        return new SelfCall(call, function, root.Syntax, root, repeated, counted);
    }

    /// <summary>The name of the function in the call.</summary>
    public SyntaxToken Name => ((InvocationExpressionSyntax)Call.Syntax).Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        SimpleNameSyntax name => name.Identifier,
        var expression => expression.GetLastToken(),
    };

    /// <summary>True where a parameter has another value in the next attempt.</summary>
    public bool Changes(IParameterSymbol parameter)
    {
        foreach (var counter in Counted)
        {
            if (SymbolEqualityComparer.Default.Equals(counter, parameter))
                return true;
        }

        return false;
    }

    /// <summary>True for a call of the same function, whichever arguments it has.</summary>
    public bool Calls(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(Function.OriginalDefinition, method.OriginalDefinition);

    private static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
        _ => null,
    };

    private static bool IsSame(IOperation value, IParameterSymbol parameter, LocalValues values)
    {
        if (IsReferenceTo(value, parameter))
            return values.WritesTo(parameter).Count == 0;
        // Without its token the next attempt does the same, only less patiently.
        return parameter.Type is { Name: "CancellationToken" } && value.Unwrap() is IDefaultValueOperation or ILiteralOperation or IPropertyReferenceOperation { Instance: null, Property.Name: "None" };
    }

    private static bool IsCountedUpOrDown(IOperation value, IParameterSymbol parameter) => value.Unwrap() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.LeftShift } step =>
            (IsReferenceTo(step.LeftOperand, parameter) && step.RightOperand.ConstantValue.HasValue) || (IsReferenceTo(step.RightOperand, parameter) && step.LeftOperand.ConstantValue.HasValue),
        IIncrementOrDecrementOperation step => IsReferenceTo(step.Target, parameter),
        _ => false,
    };

    /// <summary>True where a counter is only compared, logged, waited for and passed on: as a page, an index or part of an address it makes other work of the next attempt.</summary>
    private static bool OnlyMeasures(IParameterSymbol parameter, IInvocationOperation self, LocalValues values)
    {
        foreach (var reference in values.ReferencesTo(parameter))
        {
            for (var parent = reference.Parent; parent is not null; parent = parent.Parent)
            {
                if (parent is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } or IObjectCreationOperation)
                    return false;
                if (parent is not IInvocationOperation call || PureCalls.IsPure(call.TargetMethod))
                    continue;
                if (call != self && !RetryWaits.IsWait(call) && !AttemptClassifier.IsLogging(call.TargetMethod))
                    return false;
                break;
            }
        }

        return true;
    }

    private static bool IsReferenceTo(IOperation value, IParameterSymbol parameter) =>
        value.Unwrap() is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter);
}
