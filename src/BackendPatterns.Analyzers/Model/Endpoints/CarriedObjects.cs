using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Objects that a request filled and that the code only reads values from: they are no more than carriers of them, whatever their type is.</summary>
internal sealed class CarriedObjects(BackendModel model, CancellationToken cancellation)
{
    private const int MostCalls = 3;
    private const int MostOperations = 5_000;

    private int _operations;

    /// <summary>True where these blocks take nothing from a parameter or property but values of its members; false where the object itself may go on to somewhere.</summary>
    public bool Contain(ISymbol holder, IEnumerable<IOperation> blocks) => blocks.All(block => IsOnlyRead(holder, block, calls: 0));

    private bool IsOnlyRead(ISymbol holder, IOperation block, int calls)
    {
        foreach (var operation in block.DescendantsAndSelf())
        {
            if (++_operations > MostOperations)
                return false;
            if (Names(operation, holder) && !IsRead(operation, calls))
                return false;
        }

        return true;
    }

    private static bool Names(IOperation operation, ISymbol holder) => operation switch
    {
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter.OriginalDefinition, holder.OriginalDefinition),
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, holder),
        IPropertyReferenceOperation property => SymbolEqualityComparer.Default.Equals(property.Property.OriginalDefinition, holder.OriginalDefinition),
        _ => false,
    };

    private bool IsRead(IOperation reference, int calls)
    {
        cancellation.ThrowIfCancellationRequested();
        var value = reference.WalkUpValue();
        switch (value.Parent)
        {
            case IPropertyReferenceOperation member when member.Instance == value:
                return IsValue(member.Property.Type);
            case IConditionalAccessOperation { WhenNotNull: var part } access when access.Operation == value:
                return part is IPropertyReferenceOperation { Property.Type: var type } && IsValue(type);
            // What is answered, or shown in a form again, is not stored.
            case INameOfOperation or IIsPatternOperation or IReturnOperation:
                return true;
            case IForEachLoopOperation { Body: var body, Locals: [var item, ..] } loop when loop.Collection == value:
                return IsOnlyRead(item, body, calls);
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } call } when call.TargetMethod.IsIn("System.Linq"):
                return AreOnlyRead(call, calls);
            case IArrayInitializerOperation { Parent: IArrayCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation log } } }:
                return IsOfFramework(log.TargetMethod);
            case IBinaryOperation comparison:
                return comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull();
            case IArgumentOperation { Parent: IInvocationOperation call, Parameter: { } parameter }:
                return IsOfFramework(call.TargetMethod) || (calls < MostCalls && IsOnlyRead(call.TargetMethod, parameter.Ordinal, calls + 1));
            default:
                return false;
        }
    }

    /// <summary>The elements of a list, in the lambdas of an operator and in its result.</summary>
    private bool AreOnlyRead(IInvocationOperation call, int calls)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.AsLambda() is not { } lambda)
                continue;
            foreach (var parameter in lambda.Symbol.Parameters)
            {
                if (!IsValue(parameter.Type) && !IsOnlyRead(parameter, lambda.Body, calls))
                    return false;
            }
        }

        // Each element made into something else.
        if (call.TargetMethod.Name is "Select" && call.ArgumentAt(1).AsLambda() is { Body.Operations: [IReturnOperation { ReturnedValue: { } made }] } && made.Unwrap() is not IParameterReferenceOperation)
            return true;
        return call.Type is null || IsValue(call.Type) || (calls < MostCalls && IsRead(call, calls + 1));
    }

    private bool IsOnlyRead(IMethodSymbol method, int ordinal, int calls)
    {
        var bodies = model.Calls.BodiesOf(method, cancellation);
        if (bodies.IsEmpty)
            return false;
        foreach (var candidate in bodies)
        {
            if (candidate.Parameters.Length <= ordinal || model.BodyOf(candidate, cancellation) is not { } body || !IsOnlyRead(candidate.Parameters[ordinal], body, calls))
                return false;
        }

        return true;
    }

    /// <summary>Results (<c>View</c>, <c>Ok</c>, <c>BadRequest</c>) and logs take objects without storing them; <c>TryUpdateModel</c> fills them.</summary>
    private static bool IsOfFramework(IMethodSymbol method) =>
        method.ContainingNamespace.IsBelow("Microsoft.AspNetCore") || method.ContainingNamespace.IsBelow("Microsoft.Extensions.Logging");

    /// <summary>An entity inside an entity is stored as the whole is.</summary>
    private bool IsValue(ITypeSymbol type) => !model.Entities.IsEntity(type) && (type.ElementTypeOfSequence() is not { } element || !model.Entities.IsEntity(element));
}
