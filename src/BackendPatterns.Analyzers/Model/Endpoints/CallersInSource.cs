using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The calls of one method in this compilation, found by its name in the indexes of the trees and then bound.</summary>
internal static class CallersInSource
{
    private const int MostCallers = 8;

    /// <summary>Returns the calls of a method as <see cref="Of"/> does, from those that the model keeps where it is a web application; default where there are more than a handful.</summary>
    public static ImmutableArray<IInvocationOperation> Handful(IMethodSymbol method, BackendModel model) =>
        model.Endpoints is { } endpoints ? endpoints.CallersOf(method) : Of(method, model, MostCallers);

    /// <summary>
    /// Returns the calls of a method, direct ones and those through an interface member that it implements or a method that it overrides.
    /// Default (not empty) where there are more than <paramref name="maximum"/>, or where the method is also used as a value.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="maximum">How many calls are an answer.</param>
    /// <param name="trees">Where to look, for a method that cannot be called from elsewhere; null for everywhere.</param>
    public static ImmutableArray<IInvocationOperation> Of(IMethodSymbol method, BackendModel model, int maximum, IEnumerable<SyntaxTree>? trees = null)
    {
        var uses = UsesInSource.Of(method, model, maximum, CancellationToken.None, trees);
        if (uses.IsDefault)
            return default;
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>(uses.Length);
        foreach (var use in uses)
        {
            if (use is not IInvocationOperation call)
                return default;
            calls.Add(call);
        }

        return calls.MoveToImmutable();
    }
}
