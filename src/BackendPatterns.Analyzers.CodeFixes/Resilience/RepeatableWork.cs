using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Whether the statements of a transaction can be run a second time after a rollback: they load or create the entities that they change, change nothing else, and send nothing out of the database.
/// </summary>
internal sealed class RepeatableWork(TransactionUnit unit, SemanticModel semantics, BackendModel model, CancellationToken cancellationToken)
{
    private const int MostBodies = 40;

    private static readonly HashSet<string> Trackers = new(StringComparer.Ordinal)
    {
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Update", "UpdateRange", "Remove", "RemoveRange", "Attach", "AttachRange",
    };

    // What is read from them is gone at the second run.
    private static readonly HashSet<string> ReadOnce = new(StringComparer.Ordinal)
    {
        "Stream", "TextReader", "PipeReader", "IAsyncEnumerable", "IEnumerator", "IAsyncEnumerator", "DbDataReader", "ChannelReader",
    };

    private readonly HashSet<ISymbol> _read = new(SymbolEqualityComparer.Default);
    private readonly Queue<IOperation> _bodies = new();
    private bool _tracks;

    /// <summary>True where the work saves what the context tracks: a second run has to begin with an empty tracker.</summary>
    public bool UsesTracker { get; private set; }

    /// <summary>True where a second run does the same work.</summary>
    public bool IsRepeatable()
    {
        var own = unit.Statements.Select(statement => semantics.GetOperation(statement, cancellationToken)).ToList();
        if (own.Any(static operation => operation is null))
            return false;
        foreach (var statement in own)
        {
            if (SideEffects.In(statement!, statement!, model) || !statement!.DescendantsAndSelf().All(IsRepeatable))
                return false;
        }

        while (_bodies.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_bodies.Dequeue().DescendantsAndSelf().All(IsRepeatableInCallee))
                return false;
        }

        // What is saved and was not changed here was changed before.
        return !UsesTracker || (_tracks && !IsTrackedAround());
    }

    private bool IsRepeatable(IOperation operation)
    {
        switch (operation)
        {
            case IAssignmentOperation { Target: var target }:
                return target is IDiscardOperation or IDeclarationExpressionOperation or ITupleOperation || IsMadeInside(target) || IsOfMemberInitializer(target);
            case IIncrementOrDecrementOperation { Target: var counted }:
                return IsMadeInside(counted);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation when !IsDeclaredInside(operation.ReferencedSymbol()!):
                return IsHarmlessOutside(operation);
            case IInvocationOperation call:
                Follow(call);
                return true;
            default:
                return true;
        }
    }

    /// <summary>What a method changes that the unit calls: entities, which are loaded or created inside, and what it made itself.</summary>
    private bool IsRepeatableInCallee(IOperation operation)
    {
        switch (operation)
        {
            case IAssignmentOperation { Target: IMemberReferenceOperation { Member.ContainingType: var changed } } assignment:
                _tracks |= model.Entities.IsEntity(changed);
                return model.Entities.IsEntity(changed) || IsOfMemberInitializer(assignment.Target) || assignment.Target.RootLocal() is not null;
            case IIncrementOrDecrementOperation { Target: IMemberReferenceOperation { Member.ContainingType: var counted } }:
                return model.Entities.IsEntity(counted);
            case IParameterReferenceOperation { Type: { } type } when operation.IsChangedInPlace():
                return IsContextOrEntity(type);
            case IInvocationOperation call:
                Follow(call);
                return true;
            default:
                return true;
        }
    }

    private void Follow(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        UsesTracker |= method.Name is "SaveChanges" or "SaveChangesAsync";
        _tracks |= Trackers.Contains(method.Name) && IsSet(call.Receiver()?.Unwrap().Type);
        if (_read.Count >= MostBodies)
            return;
        foreach (var body in model.Calls.BodiesOf(method, cancellationToken))
        {
            if (_read.Add(body.OriginalDefinition) && model.BodyOf(body, cancellationToken) is { } operation)
                _bodies.Enqueue(operation);
        }
    }

    /// <summary>A value from outside may be read. An entity, of which the tracker forgets that it knows it, may be asked for a column.</summary>
    private bool IsHarmlessOutside(IOperation reference)
    {
        if (reference.Type is not { } type || IsSetOrContext(type))
            return true;
        if (reference is IMemberReferenceOperation { Instance: { } instance } && !IsOutside(instance))
            return true;
        if (type is ITypeParameterSymbol or IDynamicTypeSymbol or { SpecialType: SpecialType.System_Object } || IsReadOnce(type))
            return false;
        if (IsEntity(type) || (type.ElementTypeOfSequence() is { } element && !model.Libraries.Linq.IsQueryable(type) && IsEntity(element)))
            return reference.Parent is IPropertyReferenceOperation { Type: { } column } read && read.Instance == reference && !read.IsWritten() && (column.IsValueType || column.SpecialType is SpecialType.System_String);
        if (IsGivenToSet(reference))
            return false;
        return !reference.IsChangedInPlace() || (reference is IMemberReferenceOperation && IsSetOrContext(type));
    }

    private bool IsGivenToSet(IOperation reference) =>
        reference.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation call } && Trackers.Contains(call.TargetMethod.Name) && IsSet(call.Receiver()?.Unwrap().Type);

    /// <summary>Changes of the tracker that wait around the unit: those before it, which a second run would lose, and those behind it on entities that the tracker may have forgotten.</summary>
    private bool IsTrackedAround()
    {
        var isPending = false;
        foreach (var node in unit.Function.DescendantNodes())
        {
            if (unit.Contains(node) || node.Span.Contains(unit.FirstStatement.Span))
                continue;
            var isBefore = node.SpanStart < unit.FirstStatement.SpanStart;
            switch (node)
            {
                case InvocationExpressionSyntax when isBefore && semantics.GetOperation(node, cancellationToken) is IInvocationOperation call:
                    if (call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync")
                        isPending = false;
                    else if (Trackers.Contains(call.TargetMethod.Name) && IsSet(call.Receiver()?.Unwrap().Type))
                        isPending = true;
                    break;
                case AssignmentExpressionSyntax assignment when isBefore && semantics.GetOperation(assignment.Left, cancellationToken) is IPropertyReferenceOperation { Member.ContainingType: var owner } property && IsEntity(owner) && !IsOfMemberInitializer(property):
                    isPending = true;
                    break;
                case IdentifierNameSyntax name when !isBefore && semantics.GetOperation(name, cancellationToken) is ILocalReferenceOperation or IParameterReferenceOperation:
                    if (semantics.GetOperation(name, cancellationToken)!.ReferencedSymbol() is { } symbol && !IsDeclaredInside(symbol) && semantics.GetTypeInfo(name, cancellationToken).Type is { } type && IsEntity(type))
                        return true;
                    break;
            }
        }

        return isPending;
    }

    private bool IsOutside(IOperation instance) => instance.Unwrap() switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation => !IsDeclaredInside(instance.ReferencedSymbol()!),
        IMemberReferenceOperation { Instance: { } inner } => IsOutside(inner),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        IMemberReferenceOperation => true,
        _ => false,
    };

    /// <summary>True for a local of the unit, and for what is reached through one: an entity that it loaded or made.</summary>
    private bool IsMadeInside(IOperation target)
    {
        var current = target.Unwrap();
        while (true)
        {
            switch (current)
            {
                case ILocalReferenceOperation or IParameterReferenceOperation:
                    var isInside = IsDeclaredInside(current.ReferencedSymbol()!);
                    _tracks |= isInside && target is IPropertyReferenceOperation { Member.ContainingType: var owner } && IsEntity(owner);
                    return isInside;
                case IMemberReferenceOperation { Instance: { } instance }:
                    current = instance.Unwrap();
                    break;
                case IArrayElementReferenceOperation { ArrayReference: var array }:
                    current = array.Unwrap();
                    break;
                // db.Entry(order).State = …
                case IInvocationOperation { TargetMethod.Name: "Entry" } entry when entry.Arguments is [{ Value: var entity }]:
                    _tracks = true;
                    current = entity.Unwrap();
                    break;
                default:
                    return false;
            }
        }
    }

    private static bool IsOfMemberInitializer(IOperation target) =>
        target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } };

    private bool IsDeclaredInside(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol && symbol.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == unit.Block.SyntaxTree
        && declaration.Span.Start >= unit.FirstStatement.SpanStart && declaration.Span.End <= unit.LastStatement.Span.End;

    private bool IsEntity(ITypeSymbol type) => model.Entities.IsEntity(type);

    private bool IsContextOrEntity(ITypeSymbol type) => IsSetOrContext(type) || IsEntity(type);

    private bool IsSetOrContext(ITypeSymbol type) => IsSet(type) || (type is { Name: "DatabaseFacade" or "ChangeTracker" } && type.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore"));

    private bool IsSet(ITypeSymbol? type) => model.Libraries.EntityFrameworkCore is { } library && (library.IsDbContext(type) || library.IsDbSet(type));

    private static bool IsReadOnce(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (ReadOnce.Contains(current.Name))
                return true;
        }

        return false;
    }
}
