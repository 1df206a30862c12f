using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// The names of members of referenced assemblies that return or take a query or a store. Read from their tables without making a symbol, once per assembly:
/// assemblies that mention no such type, nearly all, are left after a look at the types that they refer to.
/// </summary>
internal static class MetadataNames
{
    private static readonly ConditionalWeakTable<MetadataId, IReadOnlyList<(string Name, NameTraits Traits)>> Known = new();

    public static IEnumerable<(string Name, NameTraits Traits)> In(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (IsFramework(assembly.Name) || assembly.GetMetadata() is not { } metadata)
                continue;
            // A symbol hands out a copy of its metadata each time; the id is that of the original.
            foreach (var name in Known.TryGetValue(metadata.Id, out var known) ? known : Known.GetValue(metadata.Id, _ => Read(metadata)))
                yield return name;
        }
    }

    // Their queries start at names that the prefilter knows.
    private static bool IsFramework(string assembly) =>
        assembly.StartsWith("System", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.", StringComparison.Ordinal) || assembly is "netstandard" or "mscorlib" or "WindowsBase";

    private static IReadOnlyList<(string Name, NameTraits Traits)> Read(AssemblyMetadata assembly) =>
        assembly.GetModules().SelectMany(static module => Read(module.GetMetadataReader())).ToList();

    private static IReadOnlyList<(string Name, NameTraits Traits)> Read(MetadataReader reader)
    {
        var types = new List<(byte[] Token, NameTraits Traits)>();
        foreach (var handle in reader.TypeReferences)
        {
            if (TraitsOf(reader, reader.GetTypeReference(handle).Name) is not NameTraits.None and var traits)
                types.Add((Compressed(CodedIndex.TypeDefOrRef(handle)), traits));
        }

        if (types.Count == 0)
            return [];
        var names = new List<(string, NameTraits)>();
        foreach (var handle in reader.PropertyDefinitions)
        {
            var property = reader.GetPropertyDefinition(handle);
            Add(property.Name, property.Signature);
        }

        foreach (var handle in reader.FieldDefinitions)
        {
            var field = reader.GetFieldDefinition(handle);
            Add(field.Name, field.Signature);
        }

        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            Add(method.Name, method.Signature);
        }

        return names;

        void Add(StringHandle name, BlobHandle signature)
        {
            var blob = reader.GetBlobContent(signature);
            foreach (var (token, traits) in types)
            {
                if (Contains(blob, token))
                    names.Add((reader.GetString(name), traits));
            }
        }
    }

    private static NameTraits TraitsOf(MetadataReader reader, StringHandle name)
    {
        var comparer = reader.StringComparer;
        if (comparer.Equals(name, "DbSet`1") || comparer.Equals(name, "IQueryable`1") || comparer.Equals(name, "IQueryable") || comparer.Equals(name, "IOrderedQueryable`1")
            || comparer.Equals(name, "IIncludableQueryable`2"))
        {
            return NameTraits.Query;
        }

        return comparer.Equals(name, "IMongoCollection`1") || comparer.Equals(name, "IDistributedCache") || comparer.Equals(name, "HybridCache") || comparer.Equals(name, "IDatabase")
            ? NameTraits.Store
            : NameTraits.None;
    }

    /// <summary>A type in a signature is its row, shifted left by two, in the compressed form of ECMA-335 II.23.2. Where other bytes happen to look the same, a name too many is listed.</summary>
    private static byte[] Compressed(int value) =>
        value < 0x80 ? [(byte)value]
        : value < 0x4000 ? [(byte)((value >> 8) | 0x80), (byte)value]
        : [(byte)((value >> 24) | 0xC0), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static bool Contains(ImmutableArray<byte> blob, byte[] token)
    {
        for (var start = 0; start + token.Length <= blob.Length; start++)
        {
            var matched = 0;
            while (matched < token.Length && blob[start + matched] == token[matched])
                matched++;
            // 0x12 and 0x11 stand before a class or value type.
            if (matched == token.Length && start > 0 && blob[start - 1] is 0x12 or 0x11)
                return true;
        }

        return false;
    }
}
