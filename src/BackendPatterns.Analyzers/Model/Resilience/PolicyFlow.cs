using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>Where a value goes in one step.</summary>
internal static class PolicyFlow
{
    /// <summary>Returns the local, field or property that a value is stored in, or null where it goes elsewhere.</summary>
    public static ISymbol? StoreOf(IOperation value)
    {
        value = value.WithConversions();
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            IFieldInitializerOperation { InitializedFields: [var field] } => field,
            IPropertyInitializerOperation { InitializedProperties: [var property] } => property,
            ISimpleAssignmentOperation assignment when assignment.Value == value => assignment.Target.Unwrap() switch
            {
                ILocalReferenceOperation local => local.Local,
                IFieldReferenceOperation field => field.Field,
                IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property,
                _ => null,
            },
            ICoalesceAssignmentOperation assignment when assignment.Value == value => (assignment.Target.Unwrap() as IFieldReferenceOperation)?.Field,
            _ => null,
        };
    }

    /// <summary>Returns the local that a value is stored in, or null.</summary>
    public static ILocalSymbol? LocalOf(IOperation value) => StoreOf(value) as ILocalSymbol;

    /// <summary>Returns the lambda whose result a value is, or the member or local function that returns it; null where it is returned by none.</summary>
    public static IOperation? ReturnerOf(IOperation value)
    {
        value = value.WithConversions();
        if (value.Parent is not IReturnOperation { Kind: OperationKind.Return } result)
            return null;
        IOperation current = result;
        while (current.Parent is { } parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return parent;
            current = parent;
        }

        return current;
    }
}
