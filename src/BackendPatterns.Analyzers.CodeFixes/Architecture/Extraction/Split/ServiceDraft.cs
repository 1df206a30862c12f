using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>The methods that a new service has so far. Handlers that load the same thing in the same words share a method.</summary>
public sealed class ServiceDraft
{
    private const string Async = "Async";

    /// <summary>Methods that differ by a higher number say nothing to their readers.</summary>
    private const int HighestNumber = 3;

    private readonly ImmutableHashSet<string> _taken;

    /// <param name="taken">Names that no method may have: those of the service's type, fields and constructor parameters.</param>
    public ServiceDraft(IEnumerable<string> taken)
        : this(taken.ToImmutableHashSet(StringComparer.Ordinal), ImmutableArray<ServiceMethod>.Empty)
    {
    }

    private ServiceDraft(ImmutableHashSet<string> taken, ImmutableArray<ServiceMethod> methods)
    {
        _taken = taken;
        Methods = methods;
    }

    /// <summary>The methods in the order of the handlers.</summary>
    public ImmutableArray<ServiceMethod> Methods { get; }

    /// <summary>Returns the service with a method, under the first of the names that is free, and the method; one that is there already and does the same is not repeated. Null where too many have the same name.</summary>
    internal (ServiceDraft Draft, ServiceMethod Method)? With(ServiceMethod method, IReadOnlyList<string> names)
    {
        var same = Methods.FirstOrDefault(other => other.DoesTheSameAs(method));
        if (same is not null)
            return (this, same);
        if ((names.FirstOrDefault(candidate => !_taken.Contains(candidate)) ?? Numbered(names[0])) is not { } name)
            return null;
        var named = method with { Name = name };
        return (new ServiceDraft(_taken.Add(name), Methods.Add(named)), named);
    }

    private string? Numbered(string name)
    {
        var suffix = name.EndsWith(Async, StringComparison.Ordinal) ? Async : "";
        var stem = name.Substring(0, name.Length - suffix.Length);
        for (var number = 2; number <= HighestNumber; number++)
        {
            if (!_taken.Contains(stem + number + suffix))
                return stem + number + suffix;
        }

        return null;
    }
}
