using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>What stands around a retry in the builder of a pipeline: what is added first is outermost.</summary>
/// <param name="MayEndRetry">True where a timeout stands around the retry, a breaker or fallback inside of it, or anything that is not known on either side.</param>
/// <param name="Builds">The calls of <c>Build</c>.</param>
/// <param name="Configures">The lambda that the builder is handed to, or null where the code makes the builder itself.</param>
internal sealed record PipelineParts(bool MayEndRetry, ImmutableArray<IInvocationOperation> Builds, IAnonymousFunctionOperation? Configures)
{
    private const int MostLinks = 64;

    /// <summary>Returns the parts around a call of <c>AddRetry</c>, or null where the builder comes from, or goes, out of sight.</summary>
    public static PipelineParts? Around(IInvocationOperation addRetry, BackendModel model)
    {
        var root = RootOf(addRetry, model);
        switch (root)
        {
            case IObjectCreationOperation creation when PolicyFlow.LocalOf(Chain(creation, model).Last()) is { } local:
                return Of(addRetry, StartsOf(local, creation), null, model, Chain(creation, model));
            case IObjectCreationOperation creation:
                return Of(addRetry, ImmutableArray<IOperation>.Empty, null, model, Chain(creation, model));
            case ILocalReferenceOperation { Local: var local } when LocalValues.Around(root).OnlyValueOf(local) is { } value && RootOf(value, model) is IObjectCreationOperation made:
                return Of(addRetry, StartsOf(local, root), null, model, Chain(made, model));
            case IParameterReferenceOperation { Parameter: var parameter } when LambdaOf(addRetry, parameter) is { } lambda:
                return Of(addRetry, StartsOf(parameter, root), lambda, model, ImmutableArray<IOperation>.Empty);
            default:
                return null;
        }
    }

    private static ImmutableArray<IOperation> StartsOf(ISymbol variable, IOperation around) => LocalValues.Around(around).ReferencesTo(variable).ToImmutableArray();

    private static PipelineParts? Of(IInvocationOperation addRetry, ImmutableArray<IOperation> starts, IAnonymousFunctionOperation? lambda, BackendModel model, ImmutableArray<IOperation> first)
    {
        var mayEnd = false;
        var builds = ImmutableArray.CreateBuilder<IInvocationOperation>();
        foreach (var start in starts.Prepend(null))
        {
            var chain = start is null ? first : Chain(start, model);
            foreach (var link in chain)
            {
                if (link is not IInvocationOperation call)
                    continue;
                if (call.TargetMethod.Name is "Build")
                    builds.Add(call);
                else if (!IsSame(call, addRetry) && !call.TargetMethod.Name.StartsWith("Configure", StringComparison.Ordinal))
                    mayEnd |= MayEnd(call, isOuter: EndOf(call) < EndOf(addRetry));
            }

            // Handed to a method of somebody, or kept.
            if (chain.Length > 0 && chain[chain.Length - 1] is var last && last.WithConversions().Parent is IArgumentOperation && last is not IInvocationOperation { TargetMethod.Name: "Build" })
                return null;
        }

        return new PipelineParts(mayEnd, builds.ToImmutable(), lambda);
    }

    private static bool IsSame(IInvocationOperation one, IInvocationOperation other) => one.Syntax == other.Syntax;

    private static int EndOf(IInvocationOperation call) => call.Syntax.Span.End;

    private static bool MayEnd(IInvocationOperation call, bool isOuter) => PolicyKinds.OfName(call.TargetMethod.Name) switch
    {
        PolicyKind.Timeout => isOuter,
        PolicyKind.Deciding => !isOuter,
        PolicyKind.Retry => false,
        _ => true,
    };

    /// <summary>The expression and the calls on it: <c>builder</c>, <c>builder.AddTimeout(…)</c>, <c>builder.AddTimeout(…).AddRetry(…)</c>.</summary>
    private static ImmutableArray<IOperation> Chain(IOperation start, BackendModel model)
    {
        var chain = ImmutableArray.CreateBuilder<IOperation>();
        chain.Add(start);
        for (var links = 0; links < MostLinks; links++)
        {
            var value = start.WithConversions();
            var next = value.Parent switch
            {
                IInvocationOperation call when call.Instance == value => call,
                IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } => call,
                _ => null,
            };
            if (next is null || (!model.Libraries.Polly!.IsPipelineBuilder(next.Type) && next.TargetMethod.Name is not "Build"))
                break;
            chain.Add(next);
            start = next;
        }

        return chain.ToImmutable();
    }

    private static IOperation RootOf(IOperation value, BackendModel model)
    {
        value = value.Unwrap();
        for (var links = 0; links < MostLinks && value is IInvocationOperation call && call.Receiver() is { } receiver && model.Libraries.Polly!.IsPipelineBuilder(receiver.Unwrap().Type ?? receiver.Type); links++)
            value = receiver.Unwrap();
        return value;
    }

    private static IAnonymousFunctionOperation? LambdaOf(IOperation operation, IParameterSymbol parameter)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
                return lambda;
        }

        return null;
    }
}
