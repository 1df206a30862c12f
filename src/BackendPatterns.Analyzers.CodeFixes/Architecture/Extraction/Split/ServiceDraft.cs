using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>The methods that a new service has so far. Handlers that load the same thing in the same words share a method.</summary>
public sealed class ServiceDraft
{
    private readonly List<ServiceMethod> _methods = [];
    private readonly HashSet<string> _names;

    /// <param name="taken">Names that no method may have: those of the service's type, fields and constructor parameters.</param>
    public ServiceDraft(IEnumerable<string> taken) => _names = new HashSet<string>(taken, StringComparer.Ordinal);

    private ServiceDraft(ServiceDraft other)
    {
        _names = new HashSet<string>(other._names, StringComparer.Ordinal);
        _methods = [.. other._methods];
    }

    /// <summary>The methods in the order of the handlers.</summary>
    public ImmutableArray<ServiceMethod> Methods => _methods.ToImmutableArray();

    /// <summary>Returns a draft to try a handler with.</summary>
    internal ServiceDraft Copy() => new(this);
}
