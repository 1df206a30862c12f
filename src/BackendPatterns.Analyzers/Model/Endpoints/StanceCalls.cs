using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// The calls of <c>RequireAuthorization</c> and <c>AllowAnonymous</c> that certainly apply to what one <c>Map…</c> call maps: in its chain, and in statements next to the
/// declaration of the local that holds it. What stands under a condition is not among them.
/// </summary>
/// <param name="Mapping">The <c>Map…</c> call.</param>
/// <param name="Requiring">The calls that require authorization, in source order.</param>
/// <param name="Opening">The calls that let anyone in, in source order.</param>
public sealed record StanceCalls(IInvocationOperation Mapping, ImmutableArray<IInvocationOperation> Requiring, ImmutableArray<IInvocationOperation> Opening)
{
    private const int MostSteps = 1000;

    /// <summary>Returns the calls that belong to what a <c>Map…</c> call of the framework maps.</summary>
    public static StanceCalls On(IInvocationOperation mapping)
    {
        var requiring = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var opening = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var end = Collect(mapping, requiring, opening);
        if (end.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } && StatementOf(declarator) is { Parent: IBlockOperation block }
            && LocalValues.Around(mapping).OnlyValueOf(local) is not null)
        {
            foreach (var reference in LocalValues.Around(mapping).ReferencesTo(local))
            {
                if (IsUnconditional(reference, block))
                    Collect(reference, requiring, opening);
            }
        }

        return new StanceCalls(mapping, requiring.ToImmutable(), opening.ToImmutable());
    }

    /// <summary>Returns the calls on the group that a <c>Map…</c> call is made on, or null where that is no group, or none that can be seen.</summary>
    public StanceCalls? OfGroup() => Mapping.Receiver() is { } receiver && MappingBehind(receiver) is { } group ? On(group) : null;

    private static IInvocationOperation? MappingBehind(IOperation value)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (value.Unwrap())
            {
                case IInvocationOperation call when RouteBuilders.IsMapping(call.TargetMethod):
                    return call;
                case IInvocationOperation call when AuthorizationAttributes.IsFramework(call.TargetMethod) && call.Receiver() is { } receiver:
                    value = receiver;
                    break;
                case ILocalReferenceOperation { Local: var local } reference when LocalValues.Around(reference).OnlyValueOf(local) is { } only:
                    value = only;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Adds the calls of a chain above a value and returns its end; what is mapped on a group is a child of it.</summary>
    private static IOperation Collect(IOperation value, ImmutableArray<IInvocationOperation>.Builder requiring, ImmutableArray<IInvocationOperation>.Builder opening)
    {
        while (true)
        {
            value = value.WithConversions();
            if (RouteBuilders.ChainedCall(value) is not { } call || RouteBuilders.IsMapping(call.TargetMethod) || !AuthorizationAttributes.IsFramework(call.TargetMethod))
                return value;
            if (call.TargetMethod.Name == "RequireAuthorization")
                requiring.Add(call);
            else if (call.TargetMethod.Name == "AllowAnonymous")
                opening.Add(call);
            value = call;
        }
    }

    private static bool IsUnconditional(IOperation reference, IBlockOperation block)
    {
        var value = reference;
        while (RouteBuilders.ChainedCall(value = value.WithConversions()) is { } call)
            value = call;
        return value.Parent is IExpressionStatementOperation { Parent: var around } && ReferenceEquals(around, block);
    }

    private static IOperation? StatementOf(IOperation operation)
    {
        while (operation.Parent is { } parent and not IBlockOperation)
            operation = parent;
        return operation;
    }
}
