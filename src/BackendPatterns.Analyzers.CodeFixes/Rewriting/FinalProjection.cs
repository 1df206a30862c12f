using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// Whether a mapping lambda gives the same answer as the last <c>Select</c> of an EF Core query as it gives in memory. EF Core translates
/// what it can of a final projection and evaluates the rest on the client (https://learn.microsoft.com/ef/core/querying/client-eval), so
/// what is listed here either stays on the client or means the same in SQL; anything else is refused.
/// </summary>
public sealed class FinalProjection
{
    private const int MaximumSize = 500;

    private readonly IParameterSymbol _row;
    private readonly IOperation? _place;
    private readonly EntityLoad _load;
    private readonly BackendModel _model;
    private readonly IncludedNavigations _included;

    /// <param name="row">The parameter that has the row.</param>
    /// <param name="place">Where captured variables are read; null where there are none to read.</param>
    /// <param name="load">The load of the rows.</param>
    /// <param name="model">The model.</param>
    private FinalProjection(IParameterSymbol row, IOperation? place, EntityLoad load, BackendModel model)
    {
        _row = row;
        _place = place;
        _load = load;
        _model = model;
        _included = IncludedNavigations.Of(load.Query);
    }

    /// <summary>True where the lambda, which maps rows of the load in memory, may be evaluated by the query instead.</summary>
    public static bool Allows(IAnonymousFunctionOperation lambda, EntityLoad load, BackendModel model) =>
        lambda.Symbol is { IsAsync: false, Parameters.Length: 1 } && lambda.Syntax is LambdaExpressionSyntax { ExpressionBody: not null }
        && lambda.Body.Operations is [IReturnOperation { ReturnedValue: { } value }]
            && new FinalProjection(lambda.Symbol.Parameters[0], lambda, load, model).AllowsAll(value);

    /// <summary>The same for the value that a mapping method returns for a row.</summary>
    public static bool Allows(IOperation value, IParameterSymbol row, EntityLoad load, BackendModel model) => new FinalProjection(row, place: null, load, model).AllowsAll(value);

    private bool AllowsAll(IOperation value)
    {
        var size = 0;
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (++size > MaximumSize || !Allows(operation))
                return false;
        }

        return true;
    }

    private bool Allows(IOperation operation) => operation switch
    {
        ILiteralOperation or IDefaultValueOperation or ITypeOfOperation => true,
        IObjectCreationOperation or IAnonymousObjectCreationOperation or IObjectOrCollectionInitializerOperation => true,
        ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation } => true,
        IArgumentOperation argument => !IsRow(argument.Value) && argument.Parent is IObjectCreationOperation,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
        IPropertyReferenceOperation property => AllowsProperty(property),
        IFieldReferenceOperation { Field: { IsConst: true } or { IsStatic: true, IsReadOnly: true } } => true,
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, _row)
            ? operation.Parent is IPropertyReferenceOperation
            : IsNeverWritten(parameter.Parameter, initialWrites: 0),
        ILocalReferenceOperation local => IsNeverWritten(local.Local, initialWrites: 1),
        IConversionOperation { OperatorMethod: null } conversion => conversion.IsImplicit || conversion.Operand.ConstantValue.HasValue,
        IParenthesizedOperation or ICoalesceOperation or IConditionalOperation => true,
        IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation => true,
        IUnaryOperation { OperatorMethod: null, OperatorKind: Microsoft.CodeAnalysis.Operations.UnaryOperatorKind.Not } unary => unary.Type?.SpecialType is SpecialType.System_Boolean,
        IBinaryOperation binary => AllowsBinary(binary),
        _ => false,
    };

    private bool IsRow(IOperation value) =>
        value.Unwrap() is IParameterReferenceOperation && value.Unwrap().Type.IsOrDerivesFrom(_load.Entity.Symbol);

    private bool AllowsProperty(IPropertyReferenceOperation property)
    {
        // The target of an initializer.
        if (property.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver })
            return true;
        if (PathOf(property) is not { Count: > 0 } path)
            return false;
        var entity = _load.Entity;
        var prefix = "";
        for (var at = 0; at < path.Count; at++)
        {
            if (entity.Member(path[at].Name) is not { } member || !path[at].IsAutoProperty())
                return false;
            prefix = prefix.Length == 0 ? member.Name : prefix + "." + member.Name;
            switch (member.Kind)
            {
                case EntityMemberKind.Column:
                    return at == path.Count - 1;
                // In memory a missing row is a NullReferenceException, in SQL a null: only a required navigation is the same in both.
                case EntityMemberKind.Reference when member.Property.NullableAnnotation is NullableAnnotation.NotAnnotated
                                                     && _included.Contains(prefix) && member.Target is INamedTypeSymbol target:
                    if (at == path.Count - 1)
                        return property.Parent is IPropertyReferenceOperation;
                    entity = _model.Entities.Describe(target);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The properties from the lambda's parameter to this reference, or null where it does not start at the parameter.</summary>
    private List<IPropertySymbol>? PathOf(IPropertyReferenceOperation property)
    {
        var path = new List<IPropertySymbol>();
        IOperation? current = property;
        while (current is IPropertyReferenceOperation { Property.IsIndexer: false } step)
        {
            path.Insert(0, step.Property);
            current = step.Instance;
        }

        return current is IParameterReferenceOperation parameter && SymbolEqualityComparer.Default.Equals(parameter.Parameter, _row) ? path : null;
    }

    /// <summary>A captured variable is read once for the query; it must not get another value before the mapping would have run.</summary>
    private bool IsNeverWritten(ISymbol variable, int initialWrites) =>
        _place is not null && LocalValues.Around(_place).WritesTo(variable).Count == initialWrites;

    private static bool AllowsBinary(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is not null || binary.IsChecked)
            return false;
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add when binary.Type?.SpecialType is SpecialType.System_String =>
                binary.LeftOperand.Unwrap().Type?.SpecialType is SpecialType.System_String && binary.RightOperand.Unwrap().Type?.SpecialType is SpecialType.System_String,
            BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr => true,
            BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals => binary.LeftOperand.IsNull() || binary.RightOperand.IsNull() || (IsWhole(binary.LeftOperand) && IsWhole(binary.RightOperand)),
            BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply
                or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual =>
                IsWhole(binary.LeftOperand) && IsWhole(binary.RightOperand),
            _ => false,
        };
    }

    /// <summary>Numbers whose arithmetic and order are the same in every database.</summary>
    private static bool IsWhole(IOperation operand) => operand.Unwrap().Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Byte;
}
