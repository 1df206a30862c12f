using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// Expressions over the element of a loop that have the same value before the loop as in its turn, and do nothing but compute it: members that are plain
/// data, text put together from them, methods of this code base that are such an expression themselves.
/// </summary>
/// <param name="loop">The loop; what it assigns is not stable.</param>
/// <param name="element">The loop variable.</param>
/// <param name="model">The model of the compilation.</param>
/// <param name="cancellationToken">Ends the search.</param>
public sealed class StableExpressions(IForEachLoopOperation loop, ILocalSymbol element, BackendModel model, CancellationToken cancellationToken)
{
    private const int MostBodies = 8;
    private const int MostOperations = 200;

    private int _bodies;

    /// <summary>True where the expression is stable; only then may it be evaluated for all elements first.</summary>
    public bool Contain(IOperation expression) => IsStable(expression, parametersOf: null);

    private bool IsStable(IOperation expression, IMethodSymbol? parametersOf)
    {
        var operations = 0;
        foreach (var operation in expression.DescendantsAndSelf())
        {
            if (++operations > MostOperations || !IsStablePart(operation, parametersOf))
                return false;
        }

        return true;
    }

    private bool IsStablePart(IOperation operation, IMethodSymbol? parametersOf) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, element) ? !loop.Body.Assigns(local) : IsDeclaredOutside(local) && !loop.Assigns(local),
        IParameterReferenceOperation { Parameter: var parameter } => parametersOf is not null
            ? SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, parametersOf)
            : !loop.Assigns(parameter),
        IFieldReferenceOperation { Field: var field } => field.IsConst || ((field.IsReadOnly || !field.ContainingType.IsTupleType) && !loop.Assigns(field)),
        IPropertyReferenceOperation { Property: var property } => IsData(property) && !loop.Assigns(property),
        IInvocationOperation call => IsPureCall(call),
        IConversionOperation { OperatorMethod: { } converter } => converter.ContainingNamespace.Is("StackExchange.Redis") || converter.ContainingNamespace.IsBelow("System"),
        IObjectCreationOperation or IAnonymousFunctionOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IAwaitOperation
            or IAssignmentOperation or IIncrementOrDecrementOperation or IDelegateCreationOperation or IThrowOperation => false,
        IBinaryOperation { OperatorMethod: { } method } => method.ContainingNamespace.IsBelow("System"),
        _ => true,
    };

    private bool IsDeclaredOutside(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences is [var declaration] && !loop.Syntax.Span.Contains(declaration.Span);

    /// <summary>A property that stores its value: one of a record, an auto property, or one of the base library's value types and strings.</summary>
    private static bool IsData(IPropertySymbol property)
    {
        if (property.IsIndexer || property.IsVirtual || property.IsOverride || property.ContainingType.TypeKind is TypeKind.Interface)
            return false;
        if (property.ContainingType.IsAnonymousType || property.ContainingType.IsTupleType)
            return true;
        if (property.DeclaringSyntaxReferences is [var declaration])
        {
            return declaration.GetSyntax() switch
            {
                ParameterSyntax => true,
                PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } => accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }),
                _ => false,
            };
        }

        return property.ContainingType is { IsValueType: true } or { SpecialType: SpecialType.System_String } && property.ContainingNamespace.IsBelow("System")
            && property.Name is not ("Now" or "UtcNow" or "Today");
    }

    private bool IsPureCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingNamespace.IsBelow("System"))
            return IsPureOfLibrary(method);
        if (method.IsAbstract || method.IsVirtual || method.IsOverride || method.ContainingType.TypeKind is TypeKind.Interface || ++_bodies > MostBodies)
            return false;
        return model.BodyOf(method, cancellationToken) is IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } value }] } && IsStable(value, method.OriginalDefinition);
    }

    private static bool IsPureOfLibrary(IMethodSymbol method) => method.ContainingType switch
    {
        { SpecialType: SpecialType.System_String } => true,
        { IsValueType: true, Name: "Guid" } => method.Name is "ToString",
        { IsValueType: true } => method.Name is "ToString" or "GetValueOrDefault" or "GetHashCode" or "Equals" && method.ContainingNamespace.Is("System"),
        { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Enum } => method.Name is "ToString",
        { Name: "JsonSerializer" } => method.Name is "Serialize" or "SerializeToUtf8Bytes",
        { Name: "Math" or "Convert" } => method.IsStatic,
        _ => false,
    };
}
