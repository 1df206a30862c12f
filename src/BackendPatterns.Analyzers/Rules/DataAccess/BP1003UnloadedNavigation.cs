using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A navigation that is read for each row of a load which does not load it; the analyzer and its fix ask the same question.</summary>
/// <param name="Load">The load.</param>
/// <param name="Read">The first read of the navigation per row.</param>
/// <param name="State">Whether that read runs a query.</param>
/// <param name="Repetition">What goes through the rows.</param>
public sealed record BP1003UnloadedNavigation(EntityLoad Load, NavigationRead Read, LazyLoadingState State, Repetition Repetition)
{
    private const int Handful = 5;

    /// <summary>Returns what is read and not loaded of the rows that an operation loads itself or through a method of the same class; one entry per navigation.</summary>
    public static ImmutableArray<BP1003UnloadedNavigation> In(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (LoadOf(operation, model) is not { Entity.IsReadable: true } load || !load.Entity.Members.Any(member => member.IsNavigation)
            || !model.Entities.IsConfiguredHere(load.Entity.Symbol) || TakesAHandful(load) || EagerLoading.Of(QueryOf(load), model) is not { } eager)
        {
            return ImmutableArray<BP1003UnloadedNavigation>.Empty;
        }

        var uses = RowUses.Everywhere(load, operation, model, cancellation);
        if (!uses.IsUnderstood || uses.Navigations.Count == 0)
            return ImmutableArray<BP1003UnloadedNavigation>.Empty;
        var others = new BP1003OtherSources(load, operation, eager, uses, model);
        var found = new Dictionary<string, BP1003UnloadedNavigation>(StringComparer.Ordinal);
        foreach (var read in uses.Navigations)
        {
            if (!found.ContainsKey(read.Path) && IsUnloaded(read, eager, model) && RepetitionOf(read, operation, model) is { } repetition && !others.MayFill(read))
            {
                var state = StateOf(read, eager, model);
                if (state is LazyLoadingState.On || !others.IsGuarded(read))
                    found.Add(read.Path, new BP1003UnloadedNavigation(load, read, state, repetition));
            }
        }

        // Below a navigation that may be loaded after all, or that nothing is known about, nothing is known either.
        return found.Values.Where(finding => IsReached(finding.Read.Path, found, eager)).OrderBy(finding => finding.Read.Site.Syntax.SpanStart).ToImmutableArray();
    }

    /// <summary>The load that an operation is, or that is all a method of the same class returns.</summary>
    private static EntityLoad? LoadOf(IOperation operation, BackendModel model)
    {
        if (operation is not (IInvocationOperation or IForEachLoopOperation))
            return null;
        if (EntityLoad.Of(operation, model) is { } load)
            return load;
        if (operation is not IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences.IsEmpty: false } method } call)
            return null;
        var returned = method.ReturnType.UnwrapTask();
        if ((returned.ElementTypeOfSequence() ?? returned) is not INamedTypeSymbol { TypeKind: TypeKind.Class } row || !model.Entities.IsConfiguredHere(row)
            || !model.Calls.CanFollow(call) || model.BodyOf(method) is not { } body)
        {
            return null;
        }

        IOperation? only = null;
        foreach (var part in body.DescendantsAndSelf())
        {
            if (part is not IReturnOperation { ReturnedValue: { } value } || part.EnclosingFunction() is IAnonymousFunctionOperation)
                continue;
            if (only is not null)
                return null;
            only = value.UnwrapAwait();
        }

        return only is null ? null : EntityLoad.Of(only, model);
    }

    private static IOperation QueryOf(EntityLoad load) =>
        load.Operation is IForEachLoopOperation loop ? loop.Collection : ((IInvocationOperation)load.Operation).Receiver()!;

    private static bool TakesAHandful(EntityLoad load)
    {
        foreach (var call in load.Query.Operators)
        {
            if (call.TargetMethod.Name is "Take" && call.ArgumentAt(1)?.ConstantValue is { HasValue: true, Value: <= Handful })
                return true;
        }

        return false;
    }

    private static bool IsUnloaded(NavigationRead read, EagerLoading eager, BackendModel model) =>
        !eager.Loads(read.Path, read.Member) && ReadsValue(read.Reference) && IsCertain(read, model);

    /// <summary>True where the value is used: not assigned, changed, named or only compared with null.</summary>
    private static bool ReadsValue(IPropertyReferenceOperation reference)
    {
        if (reference.IsWritten() || reference.IsChangedInPlace())
            return false;
        var value = reference.WalkUpValue();
        return value.Parent switch
        {
            INameOfOperation or IIsPatternOperation or IExpressionStatementOperation => false,
            IBinaryOperation comparison => !comparison.LeftOperand.IsNull() && !comparison.RightOperand.IsNull(),
            _ => true,
        };
    }

    /// <summary>
    /// A class may also be owned, or stored through a converter, by configuration that is not seen. It is another entity where a set or the configuration says so.
    /// </summary>
    private static bool IsCertain(NavigationRead read, BackendModel model) =>
        read.Member is { Kind: EntityMemberKind.Reference or EntityMemberKind.Collection, Target: INamedTypeSymbol target } && model.Entities.Find(target) is { IsReadable: true };

    private static bool IsReached(string path, Dictionary<string, BP1003UnloadedNavigation> found, EagerLoading eager)
    {
        var dot = path.LastIndexOf('.');
        if (dot < 0)
            return true;
        var before = path.Substring(0, dot);
        return found.ContainsKey(before) || eager.Paths.Contains(before);
    }

    private static LazyLoadingState StateOf(NavigationRead read, EagerLoading eager, BackendModel model)
    {
        var property = read.Member.Property;
        var state = model.Entities.LazyLoading.Of(property, eager.Context);
        // A loader that a getter calls works for untracked rows only since EF Core 8, and only where it is not switched off.
        return state is LazyLoadingState.On && eager.IsNoTracking && !property.IsVirtual ? LazyLoadingState.Unknown : state;
    }

    /// <summary>Returns what repeats the read with one row after the other, or null.</summary>
    private static Repetition? RepetitionOf(NavigationRead read, IOperation load, BackendModel model)
    {
        if (RepetitionAround(read.Reference, RowOf(read.Reference), load, model) is { } repetition)
            return repetition;
        foreach (var entry in read.Entries)
        {
            if (RepetitionAround(entry, entry, load, model) is { } around)
                return around;
        }

        return null;
    }

    private static Repetition? RepetitionAround(IOperation site, IOperation row, IOperation load, BackendModel model)
    {
        foreach (var repetition in Loops.Enclosing(site))
        {
            if (repetition.Sequence is { } sequence && site.IsWithin(sequence))
                continue;
            // A load that is repeated itself is the first mistake there (BP1001).
            if (load.IsWithin(repetition.Body))
                return null;
            var isPerRow = (repetition.Body == site && site is IMethodReferenceOperation) || ValueFlow.OfElement(repetition, model.Libraries).Reaches(row);
            if (!isPerRow || ConstantHandful.Is(repetition))
                continue;
            return ResultLeavesLoop.ShapeOf(repetition, site, model.Libraries) is null ? repetition : null;
        }

        return null;
    }

    /// <summary>The row in <c>row.Navigation</c> and <c>row?.Navigation</c>.</summary>
    private static IOperation RowOf(IPropertyReferenceOperation reference)
    {
        var row = reference.Instance!.Unwrap();
        if (row is IConditionalAccessInstanceOperation)
        {
            for (var (child, current) = (row, row.Parent); current is not null; (child, current) = (current, current.Parent))
            {
                if (current is IConditionalAccessOperation access && access.WhenNotNull == child)
                    return access.Operation;
            }
        }

        return row;
    }
}
