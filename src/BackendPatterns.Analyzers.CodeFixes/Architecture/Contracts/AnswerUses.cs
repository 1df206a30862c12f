using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>What becomes of the rows that an endpoint loads.</summary>
internal static class AnswerUses
{
    private const int MostUses = 32;

    /// <summary>
    /// True where a value is put into answers and otherwise only compared with null; its members may be read, as the record has them too. A value that is in no answer is not what is
    /// reported.
    /// </summary>
    public static bool AreOnly(IOperation load)
    {
        var isAnswered = false;
        var pending = new Stack<IOperation>();
        pending.Push(load);
        for (var steps = 0; pending.Count > 0; steps++)
        {
            if (steps > MostUses)
                return false;
            var value = pending.Pop().WalkUpValue();
            switch (value.Parent)
            {
                case IReturnOperation or IConversionOperation:
                case IArgumentOperation { Parent: IInvocationOperation call } when IsResult(call.TargetMethod):
                case IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } } when IsResult(constructor):
                case ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation }:
                    isAnswered = true;
                    break;
                case IBinaryOperation comparison when comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull():
                case IPropertyReferenceOperation { IsImplicit: false } member when member.Instance == value && !member.IsWritten():
                    break;
                case IConditionalOperation choice when choice.Condition != value:
                    pending.Push(choice);
                    break;
                case IIsPatternOperation { Pattern: var pattern } test:
                    if (VariableOf(pattern) is { } variable)
                        PushReferences(variable, test, pending);
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } when LocalValues.Around(declarator).OnlyValueOf(local) is not null:
                    PushReferences(local, declarator, pending);
                    break;
                default:
                    return false;
            }
        }

        return isAnswered;
    }

    private static void PushReferences(ILocalSymbol local, IOperation place, Stack<IOperation> pending)
    {
        foreach (var reference in LocalValues.Around(place).ReferencesTo(local))
            pending.Push(reference);
    }

    private static ILocalSymbol? VariableOf(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol declared } => declared,
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol declared } => declared,
        _ => null,
    };

    private static bool IsResult(IMethodSymbol method) => method.ContainingNamespace.IsBelow("Microsoft.AspNetCore");
}
