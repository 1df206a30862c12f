using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>The facts that the attributes of a compiled assembly state, by documentation id. Read once per assembly: compilations share the symbols of their references.</summary>
internal sealed class AssemblyFacts
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, AssemblyFacts> Known = new();

    private readonly Dictionary<string, ImmutableArray<MethodFact>> _facts = new(StringComparer.Ordinal);

    private AssemblyFacts(IAssemblySymbol assembly)
    {
        if (FrameworkAssemblies.Contain(assembly))
            return;
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "AssemblyMetadataAttribute" } type || !type.IsIn("System.Reflection"))
                continue;
            if (attribute.ConstructorArguments is [{ Value: FactText.Key }, { Value: string text }] && FactText.Read(text) is { } fact)
                _facts[fact.Member.Id] = (_facts.TryGetValue(fact.Member.Id, out var others) ? others : ImmutableArray<MethodFact>.Empty).Add(fact);
        }
    }

    /// <summary>Returns the facts of a referenced assembly; there are none in most.</summary>
    public static AssemblyFacts Of(IAssemblySymbol assembly) => Known.GetValue(assembly, static a => new AssemblyFacts(a));

    /// <summary>The documentation ids of the methods that facts are known of.</summary>
    public IReadOnlyCollection<string> Ids => _facts.Keys;

    /// <summary>Returns the facts of the methods with this documentation id, in the order of the assembly.</summary>
    public ImmutableArray<MethodFact> Of(string id) => _facts.TryGetValue(id, out var facts) ? facts : ImmutableArray<MethodFact>.Empty;
}
