using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which names mention which in one compilation, and which of them mention a round trip. Names stand for all members that have them, so the graph says more than is true and never less.
/// </summary>
internal sealed class NameGraph
{
    /// <summary>Stands for the methods of all handlers.</summary>
    public const string Handlers = "<handlers>";

    private static readonly HashSet<string> NoDelegates = new(StringComparer.Ordinal)
    {
        "bool", "byte", "sbyte", "char", "short", "ushort", "int", "uint", "long", "ulong", "nint", "nuint", "float", "double", "decimal", "string", "String",
        "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "Type", "Nullable", "List", "Collection", "Dictionary", "HashSet", "Queue", "Stack",
        "ConcurrentDictionary", "ImmutableArray", "ImmutableList", "ImmutableDictionary", "SemaphoreSlim", "CancellationTokenSource", "Regex", "Stopwatch", "DbSet", "HttpClient",
    };

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _noDelegates = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<List<int>?> _mentionedBy = [];
    private readonly Dictionary<int, NameTraits> _seeds = [];
    private readonly Dictionary<TreeIndex, NameTraits[]> _seedsOfMembers = [];
    private readonly TypedNames _typed;
    private readonly bool _hasGrpc;

    private NameGraph(TypedNames typed, bool hasGrpc)
    {
        _typed = typed;
        _hasGrpc = hasGrpc;
    }

    /// <summary>The names that are typed as queries or stores, here and in what this compilation references.</summary>
    public TypedNames Typed => _typed;

    /// <summary>The names of members that mention a round trip, with the kinds that they mention.</summary>
    public IEnumerable<(string Name, NameTraits Kinds)> Seeds => _seeds.Select(seed => (_names[seed.Key], seed.Value));

    /// <summary>Reads the trees of a compilation; <paramref name="references"/> are the graphs of the projects whose source it sees.</summary>
    public static NameGraph Of(Compilation compilation, IReadOnlyList<NameGraph> references, IEnumerable<(string Name, NameTraits Kinds)> namesWithFacts, CancellationToken cancellation)
    {
        var indexes = new List<TreeIndex>();
        foreach (var tree in compilation.SyntaxTrees)
            indexes.Add(TreeIndex.Of(tree, cancellation));
        var graph = new NameGraph(
            TypedNames.In(compilation, indexes, references.Select(static reference => reference.Typed).ToList()),
            compilation.ReferencedAssemblyNames.Any(static assembly => assembly.Name.StartsWith("Grpc.Core", StringComparison.Ordinal)));
        graph.IdOf(Handlers);
        foreach (var (name, kinds) in namesWithFacts)
        {
            var id = graph.IdOf(name);
            graph._seeds[id] = graph._seeds.TryGetValue(id, out var others) ? others | kinds : kinds;
        }

        foreach (var index in indexes)
        {
            graph.AddNoDelegates(index);
            foreach (var member in index.Members)
                graph.IdOf(index.Names[member.Name]);
        }

        foreach (var index in indexes)
        {
            cancellation.ThrowIfCancellationRequested();
            graph.Add(index, references);
        }

        return graph;
    }

    /// <summary>True where a member of this compilation has the name.</summary>
    public bool Knows(string name) => _ids.ContainsKey(name);

    /// <summary>Returns the names of members that mention a name.</summary>
    public IEnumerable<string> ThoseThatMention(string name) =>
        _ids.TryGetValue(name, out var id) && _mentionedBy[id] is { } members ? members.Select(member => _names[member]) : [];

    /// <summary>Returns the kinds of round trips that the text of one member mentions itself or by a name in <paramref name="reached"/>.</summary>
    /// <remarks><paramref name="reached"/> has one entry for each of <see cref="TreeIndex.Names"/>.</remarks>
    public NameTraits KindsBehind(TreeIndex index, int member, NameTraits[] reached)
    {
        var kinds = _seedsOfMembers.TryGetValue(index, out var seeds) ? seeds[member] : NameTraits.MayLeave;
        var body = index.Members[member].Body;
        for (var i = body.Start; i < body.End && kinds != NameTraits.MayLeave; i++)
            kinds |= reached[index.Mentions[i]];
        return kinds;
    }

    private int IdOf(string name)
    {
        if (_ids.TryGetValue(name, out var id))
            return id;
        _ids.Add(name, id = _names.Count);
        _names.Add(name);
        _mentionedBy.Add(null);
        return id;
    }

    private void Add(TreeIndex index, IReadOnlyList<NameGraph> references)
    {
        var ids = new int[index.Names.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            var name = index.Names[i];
            ids[i] = _ids.TryGetValue(name, out var id) ? id : IsKnownTo(references, name) ? IdOf(name) : -1;
        }

        var traits = _typed.TraitsOf(index);
        var seeds = new NameTraits[index.Members.Length];
        _seedsOfMembers.Add(index, seeds);
        for (var position = 0; position < seeds.Length; position++)
        {
            var member = index.Members[position];
            var name = ids[member.Name];
            var isHandler = member.Type >= 0 && HasTrait(index, index.Types[member.Type].Bases, NameTraits.Handler);
            seeds[position] = SeedOf(index, member, traits);
            if (seeds[position] is not NameTraits.None and var kinds)
            {
                AddSeed(name, kinds);
                if (isHandler)
                    AddSeed(_ids[Handlers], kinds);
            }

            for (var i = member.Body.Start; i < member.Body.End; i++)
            {
                var mentioned = ids[index.Mentions[i]];
                if (mentioned >= 0)
                    AddMention(mentioned, name, isHandler);
                if ((index.Traits[index.Mentions[i]] & NameTraits.Dispatches) != 0)
                    AddMention(_ids[Handlers], name, isHandler);
            }

            if (member.IsConstructor)
                AddMention(name, IdOf(TreeIndex.SomeConstructor), isHandler: false);
            // A delegate that a constructor puts into a field runs what the constructor mentions.
            if (member.IsStored && member.Type >= 0 && MayHoldDelegate(index, member) && ids[index.Types[member.Type].Name] is >= 0 and var type)
                AddMention(type, name, isHandler: false);
        }
    }

    private static bool IsKnownTo(IReadOnlyList<NameGraph> graphs, string name)
    {
        foreach (var graph in graphs)
        {
            if (graph.Knows(name))
                return true;
        }

        return false;
    }

    /// <summary>False for a number, a string, an interface and what this compilation declares as anything else than a delegate: most of what is stored.</summary>
    private bool MayHoldDelegate(TreeIndex index, MemberEntry member)
    {
        for (var i = member.Header.Start; i < member.Header.End; i++)
        {
            var name = index.Names[index.Mentions[i]];
            if (!NoDelegates.Contains(name) && !IsNamedAsInterface(name) && !_noDelegates.Contains(name))
                return true;
        }

        return member.Header.IsEmpty;
    }

    private static bool IsNamedAsInterface(string name) => name.Length > 2 && name[0] == 'I' && char.IsUpper(name[1]) && char.IsLower(name[2]);

    private void AddNoDelegates(TreeIndex index)
    {
        foreach (var type in index.Types)
        {
            // What a delegate mentions counts as its bases, of which it has none.
            if (type.Bases.IsEmpty || !type.DirectBases.IsEmpty)
                _noDelegates.Add(index.Names[type.Name]);
        }
    }

    private void AddMention(int mentioned, int by, bool isHandler)
    {
        var members = _mentionedBy[mentioned] ??= [];
        if (members.Count == 0 || members[members.Count - 1] != by)
            members.Add(by);
        if (isHandler)
            members.Add(_ids[Handlers]);
    }

    private void AddSeed(int name, NameTraits kinds)
    {
        _seeds.TryGetValue(name, out var before);
        _seeds[name] = before | kinds;
    }

    /// <summary>The kinds of round trips that a member's own text mentions.</summary>
    private NameTraits SeedOf(TreeIndex index, MemberEntry member, NameTraits[] ofNames)
    {
        var traits = NameTraits.None;
        for (var i = member.Body.Start; i < member.Body.End; i++)
            traits |= ofNames[index.Mentions[i]];
        for (var i = member.Header.Start; i < member.Header.End; i++)
            traits |= ofNames[index.Mentions[i]] & (NameTraits.Query | NameTraits.Store | NameTraits.Client | NameTraits.DataAccess);

        var kinds = traits & NameTraits.Leaves;
        if ((traits & NameTraits.Store) != 0)
            kinds |= NameTraits.Reads | NameTraits.Writes | NameTraits.UsesCache;
        if ((traits & (NameTraits.EndsQuery | NameTraits.Query)) == (NameTraits.EndsQuery | NameTraits.Query))
            kinds |= NameTraits.Reads;
        if (_hasGrpc && ((traits & NameTraits.Client) != 0 || (member.Type >= 0 && HasTrait(index, index.Types[member.Type].Bases, NameTraits.Client))))
            kinds |= NameTraits.CallsRemote;
        if ((traits & NameTraits.DataAccess) != 0)
            kinds |= NameTraits.Suspected;
        return kinds;
    }

    private static bool HasTrait(TreeIndex index, Microsoft.CodeAnalysis.Text.TextSpan mentions, NameTraits trait)
    {
        for (var i = mentions.Start; i < mentions.End; i++)
        {
            if ((index.Traits[index.Mentions[i]] & trait) != 0)
                return true;
        }

        return false;
    }
}
