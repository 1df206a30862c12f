using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Which values of a member one context certainly tracks.</summary>
internal sealed class TrackedValues(IOperation context, BackendModel model, CancellationToken cancellation)
{
    /// <summary>Returns what made the context track the value that a local has at a place, or null where one of its values may not be tracked.</summary>
    public IOperation? OriginOf(ILocalReferenceOperation reference)
    {
        var writes = LocalValues.Around(reference).WritesTo(reference.Local);
        if (writes is [null])
            return LoopOver(reference) is { } loop ? OriginOfRows(loop) : null;
        IOperation? origin = null;
        foreach (var write in writes)
        {
            if (write is null)
                return null;
            var value = write.UnwrapAwait();
            if (value is ICoalesceOperation { WhenNull: var otherwise } coalesce && otherwise.Unwrap() is IThrowOperation)
                value = coalesce.Value.UnwrapAwait();
            if (value.IsNull())
                continue;
            if ((OriginOfLoad(value) ?? AddBefore(reference, value)) is not { } own)
                return null;
            origin ??= own;
        }

        return origin;
    }

    /// <summary>True where the member may make the context forget what it tracks, or keep it from finding changes.</summary>
    public bool MayForget(IOperation operation)
    {
        foreach (var part in operation.Root().DescendantsAndSelf())
        {
            if (part is IFieldReferenceOperation { Field: { Name: "Detached", ContainingType.Name: "EntityState" } }
                or IInvocationOperation { TargetMethod: { Name: "Clear", ContainingType.Name: "ChangeTracker" } })
            {
                return true;
            }
        }

        return false;
    }

    private static IForEachLoopOperation? LoopOver(ILocalReferenceOperation reference)
    {
        for (IOperation? current = reference; current is not null; current = current.Parent)
        {
            if (current is IForEachLoopOperation loop && loop.Locals.Contains(reference.Local, SymbolEqualityComparer.Default))
                return loop;
        }

        return null;
    }

    private IOperation? OriginOfRows(IForEachLoopOperation loop)
    {
        if (OriginOfLoad(loop) is { } query)
            return query;
        var rows = loop.Collection.UnwrapAwait();
        return rows is ILocalReferenceOperation local ? OriginOf(local) : OriginOfLoad(rows);
    }

    private IOperation? OriginOfLoad(IOperation value)
    {
        if (EntityLoad.Of(value, model) is { } load)
            return LoadTracking.Of(load, model) is { IsTracked: ContextAnswer.Yes, Context: { } own } && ContextSaves.IsSame(own, context) ? value : null;
        if (value is not IInvocationOperation call)
            return null;
        if (call.TargetMethod.Name is "Find" or "FindAsync" && call.TargetMethod.IsIn("Microsoft.EntityFrameworkCore"))
            return IsOn(call) && model.Entities.Contexts.IsNoTracking(context.Type) is ContextAnswer.No ? value : null;
        return OriginInHelper(call);
    }

    /// <summary><c>private Task&lt;Order&gt; LoadAsync(int id) => _db.Orders.FirstAsync(…)</c>: all that it returns is tracked by the context of the same field.</summary>
    private IOperation? OriginInHelper(IInvocationOperation call)
    {
        if (call.TargetMethod is not { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary } helper || context is not IMemberReferenceOperation and not IParameterReferenceOperation
            || model.BodyOf(helper, cancellation) is not { } body)
        {
            return null;
        }

        var isTracked = false;
        foreach (var part in body.DescendantsAndSelf())
        {
            if (part is not IReturnOperation { ReturnedValue: { } returned } || part.EnclosingFunction() is not null)
                continue;
            var value = returned.UnwrapAwait();
            if (value is IInvocationOperation { TargetMethod.DeclaredAccessibility: Accessibility.Private } || OriginOfLoad(value) is null)
                return null;
            isTracked = true;
        }

        return isTracked ? call : null;
    }

    /// <summary><c>db.Add(x);</c> on the way to the place, in a block around it.</summary>
    private IOperation? AddBefore(ILocalReferenceOperation place, IOperation value)
    {
        if (value is not IObjectCreationOperation)
            return null;
        foreach (var reference in LocalValues.Around(place).ReferencesTo(place.Local))
        {
            if (reference.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "AddAsync" or "Attach" } add } && add.TargetMethod.IsIn("Microsoft.EntityFrameworkCore")
                && IsOn(add) && add.WalkUpValue().Parent is IExpressionStatementOperation { Parent: IBlockOperation block } && place.IsWithin(block) && Ordering.MayRunBefore(add, place)
                && add.Syntax.SpanStart < place.Syntax.SpanStart)
            {
                return add;
            }
        }

        return null;
    }

    private bool IsOn(IInvocationOperation call) => call.Instance?.Unwrap() switch
    {
        IPropertyReferenceOperation { Property.Type.Name: "DbSet", Instance: { } own } => ContextSaves.IsSame(own, context),
        IInvocationOperation { TargetMethod.Name: "Set", Instance: { } own } => ContextSaves.IsSame(own, context),
        { } own => ContextSaves.IsSame(own, context),
        null => false,
    };
}
