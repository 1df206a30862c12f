using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>
/// Follows rows from expression to expression. It looks at what is around each value, so that a use which is not listed here makes the rows not understood;
/// a work list, visited places and a limit keep it linear.
/// </summary>
internal sealed class RowWalk
{
    private const int MaximumSteps = 4_000;

    private readonly EntityLoad _load;
    private readonly BackendModel _model;
    private readonly CancellationToken _cancellation;
    private readonly RowUses _uses = new();
    private readonly RowMembers _members;
    private readonly RowCalls _calls;
    private readonly Queue<RowValue> _pending = new();
    private readonly HashSet<(IOperation Place, string Path)> _visited = [];
    private RowValue? _current;

    public RowWalk(EntityLoad load, BackendModel model, CancellationToken cancellation, bool followsEverything = false)
    {
        FollowsEverything = followsEverything;
        _load = load;
        _model = model;
        _cancellation = cancellation;
        _members = new RowMembers(this, load, model, _uses);
        _calls = new RowCalls(this, model, _uses);
    }

    /// <summary>True where a use that cannot be followed is noted and the others are followed all the same.</summary>
    public bool FollowsEverything { get; }

    public RowUses Walk() => Walk(_load.Operation);

    /// <summary>Follows the rows from an operation that has them: the load, or a call that returns what it loads.</summary>
    public RowUses Walk(IOperation start)
    {
        if (start is IForEachLoopOperation loop)
            FollowLoop(Root(loop.Collection), loop);
        else if (Root(start) is var result && result.IsCarriedBy(start.Type))
            Push(result);
        if (start == _load.Operation && start is IInvocationOperation call)
            _calls.FollowLambdas(call, Root(call), includeReceiver: false);
        for (var steps = 0; _pending.Count > 0 && _uses.IsUnderstood; steps++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (steps >= MaximumSteps)
                _uses.IsUnderstood = false;
            else
                Follow(_current = _pending.Dequeue());
        }

        if (FollowsEverything)
            _uses.Places = new HashSet<IOperation>(_visited.Select(visited => visited.Place));
        return _uses;
    }

    /// <summary>Adds an expression that has the rows.</summary>
    public void Push(RowValue value)
    {
        if (_visited.Add((value.Operation, value.Path)))
            _pending.Enqueue(value);
    }

    /// <summary>The rows are used in a way that cannot be followed.</summary>
    public void Escape()
    {
        if (!FollowsEverything)
            _uses.IsUnderstood = false;
        else if (_current is { } current)
            _uses.AddEscape(current.Operation, current.Site);
    }

    /// <summary>Adds every place that mentions a variable which holds the rows.</summary>
    public void FollowVariable(RowValue value, ISymbol variable, IOperation body)
    {
        var values = LocalValues.Around(body);
        if (!HoldsOnlyRows(values.WritesTo(variable), value))
        {
            Escape();
            return;
        }

        foreach (var reference in values.ReferencesTo(variable))
        {
            if (reference is ILocalReferenceOperation { IsDeclaration: true } || (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
                || reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Out })
            {
                continue;
            }

            Push(value with { Operation = reference });
        }
    }

    public void FollowLoop(RowValue value, IForEachLoopOperation loop)
    {
        foreach (var local in loop.Locals)
        {
            if (value.IsCarriedBy(local.Type))
                FollowVariable(value.In(loop.Collection), local, loop);
        }
    }

    private RowValue Root(IOperation operation) => new(operation, _load.Entity, "", IsNavigation: false, Depth: 0);

    /// <summary>A variable that also gets a value from elsewhere would mix rows with other objects. Null, an empty collection and another query are no mixture.</summary>
    private bool HoldsOnlyRows(IReadOnlyList<IOperation?> writes, RowValue value)
    {
        if (writes.Count <= 1)
            return true;
        foreach (var write in writes)
        {
            if (write is null)
                return false;
            var written = write.UnwrapAwait();
            if (written != value.Operation.UnwrapAwait() && !IsNothing(written) && !LoadsTheSame(written))
                return false;
        }

        return true;
    }

    /// <summary>Rows of another load have the same columns; what their navigations lead to may be loaded differently.</summary>
    private bool LoadsTheSame(IOperation value) =>
        !FollowsEverything && EntityLoad.Of(value, _model) is { } other && SymbolEqualityComparer.Default.Equals(other.Entity.Symbol, _load.Entity.Symbol);

    private static bool IsNothing(IOperation value) => value.Unwrap() switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation or IThrowOperation => true,
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } created => created.Type?.ElementTypeOfSequence() is not null,
        IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" } } => true,
        { Syntax: CollectionExpressionSyntax { Elements.Count: 0 } } => true,
        var other => other.ConstantValue is { HasValue: true, Value: null },
    };

    private void Follow(RowValue value)
    {
        var operation = value.Operation;
        switch (operation.Parent)
        {
            case IExpressionStatementOperation or INameOfOperation:
                break;
            case IAwaitOperation or IParenthesizedOperation:
                Push(value with { Operation = operation.Parent });
                break;
            // An array is enumerated as the non-generic IEnumerable.
            case IConversionOperation { OperatorMethod: null, Parent: IForEachLoopOperation each } collection when each.Collection == collection:
                FollowLoop(value, each);
                break;
            case IConversionOperation { OperatorMethod: null } conversion:
                PushIfCarried(value, conversion);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } }:
                FollowVariable(value, local, operation);
                break;
            case ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Value == operation:
                FollowAssignment(value, assignment);
                break;
            case IConditionalAccessOperation access:
                FollowConditionalAccess(value, access);
                break;
            case ICoalesceOperation or IConditionalOperation:
                FollowChoice(value, operation.Parent);
                break;
            case IPropertyReferenceOperation reference when reference.Instance == operation:
                _members.Follow(value, reference);
                break;
            case IFieldReferenceOperation { Field.ContainingType.IsTupleType: true } element:
                PushOrDrop(value, element);
                break;
            case IArrayElementReferenceOperation element when element.ArrayReference == operation:
                FollowElement(value, element);
                break;
            case IInvocationOperation call when call.Instance == operation:
                _calls.FollowInstanceCall(value, call);
                break;
            case IArgumentOperation argument:
                _calls.FollowArgument(value, argument);
                break;
            case IForEachLoopOperation loop when loop.Collection == operation:
                FollowLoop(value, loop);
                break;
            case IReturnOperation:
                _calls.FollowReturn(value, operation.Parent);
                break;
            case ITupleOperation { Parent: not IDeconstructionAssignmentOperation } tuple:
                Push(value.In(tuple));
                break;
            case IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax syntax } deconstruction when deconstruction.Value == operation:
                _calls.FollowDeconstruction(value, syntax);
                break;
            default:
                FollowTest(value);
                break;
        }
    }

    private void FollowTest(RowValue value)
    {
        var operation = value.Operation;
        switch (operation.Parent)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when IsNothing(comparison.LeftOperand == operation ? comparison.RightOperand : comparison.LeftOperand):
                break;
            case IIsPatternOperation pattern when pattern.Value == operation:
                _members.FollowPattern(value, pattern.Pattern);
                break;
            case ISwitchExpressionOperation choice when choice.Value == operation:
                foreach (var arm in choice.Arms)
                    _members.FollowPattern(value, arm.Pattern);
                break;
            default:
                Escape();
                break;
        }
    }

    private void PushIfCarried(RowValue value, IOperation operation)
    {
        if (value.IsCarriedBy(operation.Type))
            Push(value with { Operation = operation });
        else if (operation.Parent is IBinaryOperation or IIsPatternOperation)
            FollowTest(value with { Operation = operation });
        else if (operation.Parent is not IArgumentOperation { Parent: IInvocationOperation call } || !RowCalls.IsNullGuard(call))
            Escape();
    }

    public void PushOrDrop(RowValue value, IOperation operation)
    {
        if (value.IsCarriedBy(operation.Type))
            Push(value.In(operation));
    }

    private void FollowElement(RowValue value, IArrayElementReferenceOperation element)
    {
        if (element.IsWritten())
        {
            Escape();
            return;
        }

        Push(value.In(element));
    }

    private void FollowAssignment(RowValue value, ISimpleAssignmentOperation assignment)
    {
        switch (assignment.Target)
        {
            case ILocalReferenceOperation local:
                FollowVariable(value, local.Local, value.Operation);
                if (assignment.Parent is not IExpressionStatementOperation)
                    Push(value with { Operation = assignment });
                break;
            case IDiscardOperation:
                break;
            case IPropertyReferenceOperation { Property.ContainingType.IsAnonymousType: true } when assignment.Parent is IAnonymousObjectCreationOperation created:
                Push(value.In(created));
                break;
            default:
                Escape();
                break;
        }
    }

    private void FollowConditionalAccess(RowValue value, IConditionalAccessOperation access)
    {
        if (access.Operation != value.Operation)
        {
            Push(value with { Operation = access });
            return;
        }

        foreach (var part in access.WhenNotNull.DescendantsAndSelf())
        {
            if (part is IConditionalAccessInstanceOperation && OwnerOf(part) == access)
                Push(value with { Operation = part });
        }
    }

    private static IOperation? OwnerOf(IOperation instance)
    {
        for (var (child, current) = (instance, instance.Parent); current is not null; (child, current) = (current, current.Parent))
        {
            if (current is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access;
        }

        return null;
    }

    private void FollowChoice(RowValue value, IOperation choice)
    {
        var other = choice switch
        {
            ICoalesceOperation coalesce => coalesce.Value == value.Operation ? coalesce.WhenNull : coalesce.Value,
            IConditionalOperation conditional when conditional.WhenTrue == value.Operation => conditional.WhenFalse,
            IConditionalOperation conditional when conditional.WhenFalse == value.Operation => conditional.WhenTrue,
            _ => null,
        };
        if (other is not null && (IsNothing(other) || LoadsTheSame(other.UnwrapAwait())))
            Push(value with { Operation = choice });
        else
            Escape();
    }
}
