using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>The names of one kind that an application registers.</summary>
/// <param name="Kind">What they are names of.</param>
/// <param name="Names">The names that could be read, in order.</param>
/// <param name="IsComplete">True where there is no other name: the application is composed here and all of its registrations could be read.</param>
public sealed record RegisteredNames(NameKind Kind, ImmutableSortedSet<string> Names, bool IsComplete)
{
    /// <summary>True for a name that nothing registers; false also where that is not known.</summary>
    public bool Lack(string name) => IsComplete && !Names.Contains(name);
}
