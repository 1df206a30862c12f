using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// What minimal API endpoints have in common that are mapped side by side: the variable with their group, or, where they are mapped on the application itself, that variable and
/// the first word of their routes.
/// </summary>
internal sealed class EndpointGroup : IEquatable<EndpointGroup>
{
    private const int MostSteps = 1000;

    private readonly ISymbol _variable;
    private readonly string? _segment;

    private EndpointGroup(ISymbol variable, string? segment)
    {
        _variable = variable;
        _segment = segment;
    }

    /// <summary>Returns the group of an endpoint, or null where it stands alone: mapped on an expression of its own, or on the application with no constant word in its route.</summary>
    public static EndpointGroup? Of(IInvocationOperation call)
    {
        var builder = call.Receiver()?.Unwrap();
        for (var steps = 0; steps < MostSteps && builder is IInvocationOperation link && !RouteBuilders.IsMapping(link.TargetMethod) && AuthorizationAttributes.IsFramework(link.TargetMethod); steps++)
            builder = link.Receiver()?.Unwrap();
        if (builder.ReferencedSymbol() is not { } variable)
            return null;
        if (builder!.Type is { Name: "RouteGroupBuilder" })
            return new EndpointGroup(variable, null);
        return SegmentOf(call) is { } segment ? new EndpointGroup(variable, segment) : null;
    }

    public bool Equals(EndpointGroup? other) => other is not null && SymbolEqualityComparer.Default.Equals(_variable, other._variable) && _segment == other._segment;

    public override bool Equals(object? obj) => Equals(obj as EndpointGroup);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(_variable);

    // "api" and "v1" are no words of a resource.
    private static string? SegmentOf(IInvocationOperation call)
    {
        if (call.Argument("pattern")?.Unwrap().ConstantValue is not { HasValue: true, Value: string pattern })
            return null;
        foreach (var segment in pattern.Split('/'))
        {
            if (segment.Length > 0 && segment[0] != '{' && !IsPrefix(segment))
                return segment.ToLowerInvariant();
        }

        return null;
    }

    private static bool IsPrefix(string segment) =>
        segment.Equals("api", StringComparison.OrdinalIgnoreCase) || (segment[0] is 'v' or 'V' && segment.Length > 1 && char.IsDigit(segment[1]));
}
