using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>Parts of a lambda that do not mention the row: EF Core evaluates them once and sends them as parameters.</summary>
internal static class CapturedValues
{
    private const int MaximumSize = 100;

    /// <summary>Returns whether evaluating the value once, where the query is sent, gives what evaluating it per row gives.</summary>
    public static Translation Of(IOperation value)
    {
        var type = value.Unwrap().Type;
        if (!value.IsNull() && !ScalarTypes.Contains(type) && !ScalarTypes.Contains(type?.ElementTypeOfSequence()))
            return Translation.Unknown;
        var answer = Translation.SameAnswer;
        var size = 0;
        foreach (var part in value.DescendantsAndSelf())
        {
            var level = ++size > MaximumSize ? Translation.Unknown : OfPart(part);
            if (level < answer)
                answer = level;
        }

        return answer;
    }

    private static Translation OfPart(IOperation part) => part switch
    {
        IAwaitOperation or IAnonymousFunctionOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IThrowOperation or IIsPatternOperation => Translation.Unknown,
        IConditionalAccessOperation or ISwitchExpressionOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation => Translation.Unknown,
        ILocalReferenceOperation local => HasOneValue(local.Local, local, initialWrites: 1),
        IParameterReferenceOperation parameter => HasOneValue(parameter.Parameter, parameter, initialWrites: 0),
        // The clock and new identifiers are translated: it is then the database's.
        IPropertyReferenceOperation { Property: { IsStatic: true, SetMethod: null } property } =>
            property.ContainingNamespace.Is("System") ? property.ContainingType.Name is "DateTime" or "DateTimeOffset" or "Guid" ? Translation.Translated : Translation.SameAnswer : Translation.Translated,
        IInvocationOperation => Translation.Translated,
        _ => Translation.SameAnswer,
    };

    private static Translation HasOneValue(ISymbol variable, IOperation place, int initialWrites) =>
        LocalValues.Around(place).WritesTo(variable).Count == initialWrites ? Translation.SameAnswer : Translation.Translated;
}
