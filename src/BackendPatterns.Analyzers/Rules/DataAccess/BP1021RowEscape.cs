using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>What a use of loaded rows that is not a plain read means for whether their changes are saved.</summary>
internal enum BP1021RowEscape
{
    /// <summary>Not known: the rows may get to the context.</summary>
    Unknown,

    /// <summary>A column or collection of the row is changed.</summary>
    Change,

    /// <summary>The row is returned.</summary>
    Return,

    /// <summary>The row is only looked at: compared, logged, serialised, mapped from.</summary>
    Look,
}

/// <summary>Tells the uses of rows apart.</summary>
internal static class BP1021RowEscapes
{
    private static readonly HashSet<string> CollectionChanges = new(StringComparer.Ordinal) { "Add", "AddRange", "Remove", "RemoveAt", "RemoveAll", "RemoveRange", "Clear", "Insert", "InsertRange" };

    /// <summary>Returns what the use of the rows at this expression means.</summary>
    public static BP1021RowEscape Of(IOperation place)
    {
        var parent = place.Parent;
        // The values of a "params" parameter stand in an array.
        while (parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation or IArrayInitializerOperation or IArrayCreationOperation { IsImplicit: true } || parent.IsParamsCollection())
            (place, parent) = (parent!, parent!.Parent);
        return parent switch
        {
            IPropertyReferenceOperation member when member.Instance == place && (member.IsWritten() || member.IsChangedInPlace()) => BP1021RowEscape.Change,
            IInvocationOperation call when call.Instance == place && CollectionChanges.Contains(call.TargetMethod.Name) && call.TargetMethod.ContainingNamespace.IsBelow("System.Collections")
                => BP1021RowEscape.Change,
            IReturnOperation => BP1021RowEscape.Return,
            IBinaryOperation or IInterpolationOperation or IIsPatternOperation or IIsTypeOperation => BP1021RowEscape.Look,
            IArgumentOperation argument => OfArgument(argument),
            _ => BP1021RowEscape.Unknown,
        };
    }

    private static BP1021RowEscape OfArgument(IArgumentOperation argument)
    {
        if (argument.Parent is IObjectCreationOperation { Type: { } created } && created.ContainingNamespace.IsBelow("Microsoft.AspNetCore"))
            return BP1021RowEscape.Look;
        if (argument is not { Parent: IInvocationOperation { TargetMethod: { } method } call, Parameter: { } parameter })
            return BP1021RowEscape.Unknown;
        var space = method.ContainingNamespace;
        // Map(source) reads, Map(source, destination) writes.
        if (method.Name is "Map" or "Adapt" && (space.IsBelow("AutoMapper") || space.IsBelow("Mapster") || space.IsBelow("MapsterMapper")))
            return parameter.Name is "destination" ? BP1021RowEscape.Change : parameter.Name is "source" && call.Arguments.Length == 1 ? BP1021RowEscape.Look : BP1021RowEscape.Unknown;
        return space.IsBelow("Microsoft.AspNetCore") || space.Is("Microsoft.Extensions.Logging") || space.IsBelow("System.Text.Json") || space.Is("Newtonsoft.Json")
               || (method.ContainingType.Name is "Console" or "String" or "Convert" && space.Is("System"))
            ? BP1021RowEscape.Look
            : BP1021RowEscape.Unknown;
    }

    /// <summary>The name of what is changed, for the message.</summary>
    public static string NameOf(IOperation place) => place.Parent switch
    {
        IPropertyReferenceOperation member when member.Instance == place => member.Property.Name,
        _ when place is IPropertyReferenceOperation collection => collection.Property.Name,
        _ => "",
    };

    /// <summary><c>user.PasswordHash = null</c> before the row is handed out is meant for whoever gets it.</summary>
    public static bool IsMask(IOperation place) =>
        place.Parent is IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation assignment } member && assignment.Target == member
        && (assignment.Value.IsNull() || assignment.Value.Unwrap() is IDefaultValueOperation || assignment.Value.Unwrap().ConstantValue is { HasValue: true, Value: "" }
            || assignment.Value.Unwrap() is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } });
}
