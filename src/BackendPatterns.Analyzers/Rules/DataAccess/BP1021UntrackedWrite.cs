using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>
/// A change of rows that their context does not track, and the save that passes it over. The analyzer and its fix ask the same question.
/// </summary>
/// <param name="Load">The load of the rows.</param>
/// <param name="Tracking">Why they are not tracked.</param>
/// <param name="Change">The first change, where the member of the load makes it.</param>
/// <param name="Changed">What is changed, or empty.</param>
/// <param name="Save">The save that follows.</param>
public sealed record BP1021UntrackedWrite(EntityLoad Load, LoadTracking Tracking, IOperation Change, string Changed, IInvocationOperation Save)
{
    /// <summary>Returns the lost change of the rows that an operation loads, or null where there is none or where the rows may become known to the context.</summary>
    public static BP1021UntrackedWrite? Of(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (EntityLoad.Of(operation, model) is not { } load || !ContextSaves.AnyAround(operation))
            return null;
        var tracking = LoadTracking.Of(load, model);
        if (tracking is not { IsTracked: ContextAnswer.No, Context: { } context } || ContextSaves.On(context, operation) is not { Count: > 0 } saves)
            return null;
        var uses = RowUses.Everywhere(load, operation, model, cancellation);
        if (!uses.IsUnderstood)
            return null;
        var unknown = new List<IOperation>();
        var changes = new List<(IOperation Place, IOperation Site)>();
        var isReturned = false;
        foreach (var (place, site) in uses.Escapes)
        {
            switch (BP1021RowEscapes.Of(place))
            {
                case BP1021RowEscape.Unknown:
                    unknown.Add(site);
                    break;
                case BP1021RowEscape.Change:
                    changes.Add((place, site));
                    break;
                case BP1021RowEscape.Return:
                    isReturned = true;
                    break;
            }
        }

        foreach (var (place, site) in changes)
        {
            if ((isReturned && BP1021RowEscapes.IsMask(place)) || !IsStored(place, model))
                continue;
            foreach (var save in saves)
            {
                if (Ordering.MayRunBefore(site, save) && !unknown.Exists(escape => IsOnTheWay(escape, site, save)))
                    return new BP1021UntrackedWrite(load, tracking, site, BP1021RowEscapes.NameOf(place), save);
            }
        }

        return null;
    }

    /// <summary>True where the rows may have been given to the context on the way from the change to the save, or before.</summary>
    private static bool IsOnTheWay(IOperation escape, IOperation change, IOperation save) =>
        Ordering.MayRunBefore(escape, save) && (escape == change || Ordering.MayRunBefore(escape, change) || Ordering.MayRunBefore(change, escape));

    private static bool IsStored(IOperation place, BackendModel model) =>
        place.Parent is not IPropertyReferenceOperation { Property: { } property } member || member.Instance != place
        || model.Entities.Describe(property.ContainingType).Member(property.Name) is not { Kind: EntityMemberKind.NotMapped };
}
