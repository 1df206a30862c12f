using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// The methods in source that may run when a virtual, abstract or interface method is called: of the types whose base lists lead to it by name, and only those are bound.
/// </summary>
internal sealed class Implementations(SourceModels sources)
{
    private const int MostCandidates = 200;

    private readonly ConcurrentDictionary<(IMethodSymbol Method, INamedTypeSymbol Receiver), ImmutableArray<IMethodSymbol>> _known = new(ByMethodAndReceiver.Instance);

    /// <summary>
    /// Returns the definitions of the methods that may run, the method's own body included where it has one; empty where none is in source or there are
    /// too many types to ask.
    /// </summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method, ITypeSymbol? receiver, CancellationToken cancellation)
    {
        var key = (method, receiver as INamedTypeSymbol ?? method.ContainingType);
        return _known.TryGetValue(key, out var known) ? known : _known.GetOrAdd(key, Find(key.method, key.Item2, cancellation));
    }

    /// <summary>Returns what runs when the method is called on an object of exactly this type, or null where the type inherits it from where no source is seen.</summary>
    public static IMethodSymbol? In(INamedTypeSymbol exact, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind is TypeKind.Interface)
            return ImplementedBy(exact, method);
        for (var current = exact; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(method.Name))
            {
                if (member is IMethodSymbol candidate && IsOrOverrides(candidate, method))
                    return candidate.OriginalDefinition;
            }
        }

        return null;
    }

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method, INamedTypeSymbol receiver, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        var isContract = method.ContainingType.TypeKind is TypeKind.Interface;
        if (!method.IsAbstract && !isContract)
            found.Add(method.OriginalDefinition);
        var start = Definitions.Of(method.ContainingType, receiver) is null ? method.ContainingType : receiver;
        // The receiver itself may be the class that implements, or inherits what implements.
        if (start.TypeKind is TypeKind.Class && In(start, method) is { IsAbstract: false } inherited && !Contains(found, inherited))
        {
            found.Clear();
            found.Add(inherited);
        }

        if (CandidatesBelow(start.Name, cancellation) is not { } candidates)
            return ImmutableArray<IMethodSymbol>.Empty;
        foreach (var candidate in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            if (candidate.Bind(cancellation) is not { TypeKind: TypeKind.Class or TypeKind.Struct } type || Definitions.Of(start, type) is null)
                continue;
            var body = isContract ? ImplementedBy(type, method) : OverriddenIn(type, method);
            if (body is { IsAbstract: false } && !Contains(found, body))
                found.Add(body);
        }

        // A default interface method runs where no class says otherwise.
        if (isContract && !method.IsAbstract && found.Count == 0)
            found.Add(method.OriginalDefinition);
        return found.ToImmutable();
    }

    private List<DeclaredType>? CandidatesBelow(string name, CancellationToken cancellation)
    {
        var candidates = new List<DeclaredType>();
        var names = new HashSet<string>(StringComparer.Ordinal) { name };
        var pending = new Queue<string>();
        pending.Enqueue(name);
        while (pending.Count > 0)
        {
            var current = pending.Dequeue();
            foreach (var model in sources.All)
            {
                foreach (var type in model.Calls.Types(cancellation).Below(current))
                {
                    candidates.Add(type);
                    if (candidates.Count > MostCandidates)
                        return null;
                    if (names.Add(type.Name))
                        pending.Enqueue(type.Name);
                }
            }
        }

        return candidates;
    }

    private static IMethodSymbol? ImplementedBy(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (Definitions.Of(method.ContainingType, type) is not { } contract)
            return null;
        foreach (var member in contract.GetMembers(method.Name))
        {
            if (member is IMethodSymbol declared && Definitions.AreSame(declared, method))
                return (type.FindImplementationForInterfaceMember(declared) as IMethodSymbol)?.OriginalDefinition;
        }

        return null;
    }

    private static IMethodSymbol? OverriddenIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var member in type.GetMembers(method.Name))
        {
            if (member is IMethodSymbol { IsOverride: true } candidate && IsOrOverrides(candidate, method))
                return candidate.OriginalDefinition;
        }

        return null;
    }

    private static bool IsOrOverrides(IMethodSymbol candidate, IMethodSymbol method)
    {
        for (var current = candidate; current is not null; current = current.OverriddenMethod)
        {
            if (Definitions.AreSame(current, method))
                return true;
        }

        return false;
    }

    private static bool Contains(ImmutableArray<IMethodSymbol>.Builder found, IMethodSymbol method)
    {
        foreach (var known in found)
        {
            if (Definitions.AreSame(known, method))
                return true;
        }

        return false;
    }

    private sealed class ByMethodAndReceiver : IEqualityComparer<(IMethodSymbol Method, INamedTypeSymbol Receiver)>
    {
        public static readonly ByMethodAndReceiver Instance = new();

        public bool Equals((IMethodSymbol Method, INamedTypeSymbol Receiver) x, (IMethodSymbol Method, INamedTypeSymbol Receiver) y) =>
            SymbolEqualityComparer.Default.Equals(x.Method, y.Method) && SymbolEqualityComparer.Default.Equals(x.Receiver, y.Receiver);

        public int GetHashCode((IMethodSymbol Method, INamedTypeSymbol Receiver) obj) =>
            unchecked((SymbolEqualityComparer.Default.GetHashCode(obj.Method) * 31) + SymbolEqualityComparer.Default.GetHashCode(obj.Receiver));
    }
}
