using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// The names of members, parameters of primary constructors and types through which a query or a store can be had: those in whose declaration a query
/// type is written. <c>ToList</c> is a round trip only below one of them.
/// </summary>
internal sealed class TypedNames
{
    private const NameTraits Interesting = NameTraits.Query | NameTraits.Store | NameTraits.DataAccess;

    private readonly Dictionary<string, NameTraits> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _implemented = new(StringComparer.Ordinal);

    private TypedNames()
    {
    }

    /// <summary>Returns the typed names of a compilation's own trees, of its references in source, and of the assemblies it references.</summary>
    public static TypedNames In(Compilation compilation, IReadOnlyList<TreeIndex> indexes, IReadOnlyList<TypedNames> references)
    {
        var typed = new TypedNames();
        typed.AddImplemented(indexes, references);
        foreach (var (name, traits) in references.SelectMany(static reference => reference._names.Select(static pair => (pair.Key, pair.Value))).Concat(MetadataNames.In(compilation)))
            typed.Add(name, traits);
        // A type that derives from a query type is one; a handful of passes settles any order of declaration.
        for (var (changed, pass) = (true, 0); changed && pass < 4; pass++)
        {
            changed = false;
            foreach (var index in indexes)
            {
                foreach (var type in index.Types)
                    changed |= typed.AddIfTyped(index, type.Name, type.Bases);
            }
        }

        foreach (var index in indexes)
        {
            foreach (var member in index.Members)
                typed.AddIfTyped(index, member.Name, member.Header);
        }

        return typed;
    }

    /// <summary>Returns what the declarations of a name say.</summary>
    public NameTraits Of(string name) => _names.TryGetValue(name, out var traits) ? traits : NameTraits.None;

    /// <summary>Returns what a name of a tree allows and what the declarations of it say. Access to data that a class in sight implements is looked into, not suspected.</summary>
    public NameTraits TraitsOf(TreeIndex index, int name)
    {
        var traits = index.Traits[name];
        if ((traits & NameTraits.DataAccess) != 0 && _implemented.Contains(index.Names[name]))
            traits &= ~NameTraits.DataAccess;
        return traits | Of(index.Names[name]);
    }

    /// <summary>The same for each of <see cref="TreeIndex.Names"/>.</summary>
    public NameTraits[] TraitsOf(TreeIndex index)
    {
        var traits = new NameTraits[index.Names.Length];
        for (var name = 0; name < traits.Length; name++)
            traits[name] = TraitsOf(index, name);
        return traits;
    }

    private void AddImplemented(IReadOnlyList<TreeIndex> indexes, IEnumerable<TypedNames> references)
    {
        foreach (var reference in references)
            _implemented.UnionWith(reference._implemented);
        foreach (var index in indexes)
        {
            foreach (var type in index.Types)
            {
                for (var i = type.DirectBases.Start; i < type.DirectBases.End && !IsNamedAsInterface(index.Names[type.Name]); i++)
                {
                    if ((index.Traits[index.Mentions[i]] & NameTraits.DataAccess) != 0)
                        _implemented.Add(index.Names[index.Mentions[i]]);
                }
            }
        }
    }

    private static bool IsNamedAsInterface(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);

    private bool AddIfTyped(TreeIndex index, int name, TextSpan mentions)
    {
        var traits = NameTraits.None;
        for (var i = mentions.Start; i < mentions.End; i++)
            traits |= TraitsOf(index, index.Mentions[i]);
        return Add(index.Names[name], traits & Interesting);
    }

    private bool Add(string name, NameTraits traits)
    {
        if (traits is NameTraits.None)
            return false;
        _names.TryGetValue(name, out var before);
        _names[name] = before | traits;
        return (before | traits) != before;
    }
}
