using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>One read of a column of the loaded rows.</summary>
/// <param name="Column">The path of the column from the row.</param>
/// <param name="Reference">The property reference.</param>
/// <param name="IsInOtherMember">True where the read is in the body of a called method or computed property.</param>
public sealed record ColumnRead(string Column, IPropertyReferenceOperation Reference, bool IsInOtherMember);

/// <summary>One read of a navigation of the rows, or of rows that a navigation leads to.</summary>
/// <param name="Path">The path of the navigation from the loaded row.</param>
/// <param name="Owner">The mapping of the rows that have the navigation.</param>
/// <param name="Member">The navigation.</param>
/// <param name="Reference">The property reference.</param>
/// <param name="Entries">The calls and property references that lead from the member of the load to the body of the read, outermost first; empty for a read in the member itself.</param>
public sealed record NavigationRead(string Path, EntityType Owner, EntityMember Member, IPropertyReferenceOperation Reference, ImmutableArray<IOperation> Entries)
{
    /// <summary>Where the member of the load reads the navigation: directly, or by what it calls.</summary>
    public IOperation Site => Entries.IsEmpty ? Reference : Entries[0];
}

/// <summary>
/// What happens to the rows of one load in the member that loads them, and in the methods of this compilation that it passes them to.
/// </summary>
public sealed class RowUses
{
    private static readonly ConditionalWeakTable<EntityLoad, RowUses> Known = new();

    private readonly List<ColumnRead> _reads = [];
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<IOperation> _entries = [];
    private readonly List<NavigationRead> _navigations = [];
    private readonly List<(IOperation Place, IOperation Site)> _escapes = [];

    internal RowUses()
    {
    }

    /// <summary>
    /// False where a row may be used in a way that cannot be followed: returned, stored, passed to code without a body here, changed, compared, serialised.
    /// Nothing else of this object means anything then.
    /// </summary>
    public bool IsUnderstood { get; internal set; } = true;

    /// <summary>Every read of a column, in the order found.</summary>
    public IReadOnlyList<ColumnRead> Reads => _reads;

    /// <summary>The paths of the columns that are read.</summary>
    public IReadOnlyCollection<string> Columns => _columns;

    /// <summary>Every read of a navigation, loaded or not, in the order found; only where the rows were followed everywhere.</summary>
    public IReadOnlyList<NavigationRead> Navigations => _navigations;

    /// <summary>
    /// The expressions at which rows are used in a way that is not followed, and where in the member of the load that is; only where the rows were followed everywhere.
    /// </summary>
    public IReadOnlyList<(IOperation Place, IOperation Site)> Escapes => _escapes;

    /// <summary>The expressions that have the rows, or what their navigations lead to; only where the rows were followed everywhere.</summary>
    public IReadOnlyCollection<IOperation> Places { get; internal set; } = [];

    /// <summary>True where an included navigation is used.</summary>
    public bool ReadsNavigations { get; internal set; }

    /// <summary>True where rows were followed into a method, a local function or a computed property.</summary>
    public bool EntersOtherMembers => _entries.Count > 0;

    /// <summary>The calls, method groups and property references at which rows were followed into other bodies, those in other bodies included.</summary>
    public IReadOnlyCollection<IOperation> Entries => _entries;

    /// <summary>Follows the rows that a load returns; once per load, whichever rules ask.</summary>
    public static RowUses Of(EntityLoad load, BackendModel model, CancellationToken cancellation)
    {
        if (Known.TryGetValue(load, out var known))
            return known;
        var uses = new RowWalk(load, model, cancellation).Walk();
        return Known.GetValue(load, _ => uses);
    }

    /// <summary>
    /// Follows the rows that a load returns, or that <paramref name="result"/> (a call whose body is the load) returns, through every use that can be followed, whatever
    /// else is done with them. <see cref="IsUnderstood"/> is then false only where there are too many uses.
    /// </summary>
    public static RowUses Everywhere(EntityLoad load, IOperation result, BackendModel model, CancellationToken cancellation) =>
        new RowWalk(load, model, cancellation, followsEverything: true).Walk(result);

    internal void AddEntry(IOperation entry) => _entries.Add(entry);

    internal void AddNavigation(NavigationRead read) => _navigations.Add(read);

    internal void AddEscape(IOperation place, IOperation site) => _escapes.Add((place, site));

    internal void AddRead(ColumnRead read)
    {
        _reads.Add(read);
        _columns.Add(read.Column);
    }

    /// <summary>A read that no property reference stands for.</summary>
    internal void AddColumn(string column) => _columns.Add(column);
}
