using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A query on a context or connection that belongs to the element (a tenant's database, a server of a list): each goes somewhere else, so no batch can replace them.</summary>
public static class ContextOfElement
{
    private const int MostSteps = 64;

    public static bool Is(IOperation query, ValueFlow element)
    {
        var current = query.UnwrapAwait();
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (current)
            {
                case IInvocationOperation call when call.Receiver() is { } receiver:
                    current = receiver.UnwrapAwait();
                    break;
                case ILocalReferenceOperation local:
                    if (IsMadeFor(local, element))
                        return true;
                    if (LocalValues.Around(local).OnlyValueOf(local.Local) is not { } value)
                        return false;
                    current = value.UnwrapAwait();
                    break;
                case IMemberReferenceOperation { Instance: { } instance }:
                    current = instance.UnwrapAwait();
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsMadeFor(ILocalReferenceOperation local, ValueFlow element)
    {
        if (element.Carries(local.Local))
            return local.Type is { } type && type.ElementTypeOfSequence() is null && local.Parent is IMemberReferenceOperation;
        foreach (var value in LocalValues.Around(local).WritesTo(local.Local))
        {
            if (value is null)
                continue;
            foreach (var operation in value.DescendantsAndSelf())
            {
                if (operation is IArgumentOperation argument && element.Reaches(argument.Value))
                    return true;
            }
        }

        return false;
    }
}
