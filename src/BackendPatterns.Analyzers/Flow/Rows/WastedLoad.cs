using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Model.Translation;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>What the database could have done instead.</summary>
public enum LoadMistake
{
    /// <summary>A row or a count only answers whether there is a row.</summary>
    Existence,

    /// <summary>The rows are only counted, tested, summed or searched.</summary>
    Aggregate,

    /// <summary>The rows are filtered, ordered or cut first of all.</summary>
    Filter,
}

/// <summary>
/// A query that loads what its only use does not need. There is one answer per load, so that at most one rule reports it; <see cref="RowUses"/> is for the loads that
/// have none.
/// </summary>
/// <param name="Mistake">What the database could have done instead.</param>
/// <param name="Load">The call of the terminal operator.</param>
/// <param name="Query">What it is called on.</param>
/// <param name="Places">Where the result is used.</param>
public sealed record WastedLoad(LoadMistake Mistake, IInvocationOperation Load, QueryChain Query, ResultPlaces Places)
{
    private const int FewRows = 10;

    private static readonly ConditionalWeakTable<IOperation, StrongBox<WastedLoad?>> Known = new();

    private static readonly HashSet<string> OneRow = new(StringComparer.Ordinal)
    {
        "FirstOrDefault", "SingleOrDefault", "LastOrDefault", "FirstOrDefaultAsync", "SingleOrDefaultAsync", "LastOrDefaultAsync",
    };

    private static readonly HashSet<string> Counts = new(StringComparer.Ordinal) { "Count", "LongCount", "CountAsync", "LongCountAsync" };

    private static readonly HashSet<string> AllRows = new(StringComparer.Ordinal) { "ToList", "ToArray", "ToListAsync", "ToArrayAsync" };

    /// <summary>The tests that the row or the count is used in; empty for the other mistakes.</summary>
    public ImmutableArray<ExistenceTest> Tests { get; private init; } = ImmutableArray<ExistenceTest>.Empty;

    /// <summary>The operators that the rows are used in; empty for <see cref="LoadMistake.Existence"/>.</summary>
    public ImmutableArray<InMemoryUse> Uses { get; private init; } = ImmutableArray<InMemoryUse>.Empty;

    /// <summary>What the rows are made of, or null where that is not known.</summary>
    public RowShape? Shape { get; private init; }

    /// <summary>True for a count rather than a row.</summary>
    public bool IsCount => Counts.Contains(Load.TargetMethod.Name);

    public bool IsAsync => Load.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal);

    /// <summary>The name of the terminal operator.</summary>
    public Location Location => TerminalPlace.Of(Load).Location;

    /// <summary>Where the result is tested or worked on.</summary>
    public IEnumerable<Location> UseLocations =>
        Tests.Select(static test => test.Whole.Syntax.GetLocation()).Concat(Uses.Select(static use => use.Operation.Syntax.MemberName().GetLocation()));

    /// <summary>Returns what is wasted, or null where the operation is no such load or that is not certain.</summary>
    public static WastedLoad? Of(IOperation operation, BackendModel model)
    {
        if (operation is not IInvocationOperation call || !call.TargetMethod.IsExtensionMethod)
            return null;
        var name = call.TargetMethod.Name;
        if (!OneRow.Contains(name) && !Counts.Contains(name) && !AllRows.Contains(name))
            return null;
        if (call.Receiver()?.Unwrap().Type is not { } type || !model.Libraries.Linq.IsQueryable(type))
            return null;
        if (Known.TryGetValue(operation, out var known))
            return known.Value;
        var answer = new StrongBox<WastedLoad?>(Find(call, model));
        return Known.GetValue(operation, _ => answer).Value;
    }

    private static WastedLoad? Find(IInvocationOperation call, BackendModel model)
    {
        if (ResultPlaces.Of(call) is not { } places)
            return null;
        var isOneRow = OneRow.Contains(call.TargetMethod.Name);
        if (isOneRow || Counts.Contains(call.TargetMethod.Name))
        {
            var tests = TestsOf(places, isOneRow);
            return tests.IsEmpty || QueryOf(call, model) is not { } tested || (isOneRow && !MayBeTested(call, tested, model))
                ? null
                : new WastedLoad(LoadMistake.Existence, call, tested, places) { Tests = tests };
        }

        // The cheap half of the question first.
        if (places.Places.IsEmpty || !places.RunAsOftenAs(call) || !MayBeOperators(places) || QueryOf(call, model) is not { } query)
            return null;
        var shape = RowShape.Of(query, model);
        var uses = UsesOf(places, query, shape, model);
        if (MistakeIn(uses, query) is not { } mistake || IsNeededInMemory(call, query, shape, uses, model))
            return null;
        return new WastedLoad(mistake, call, query, places) { Uses = uses, Shape = shape };
    }

    private static QueryChain? QueryOf(IInvocationOperation call, BackendModel model) =>
        model.DataAccess.ReadBy(call) is { } query && !call.IsInExpressionTree(model.Libraries.Linq.Expression) && !DeliberateLoads.Is(call, query)
            ? query
            : null;

    private static ImmutableArray<ExistenceTest> TestsOf(ResultPlaces places, bool isOneRow)
    {
        var tests = ImmutableArray.CreateBuilder<ExistenceTest>();
        // var customer = await … ?? throw …, and nobody mentions the customer.
        foreach (var place in places.Places)
        {
            if ((isOneRow ? ExistenceTest.OfRow(place) : ExistenceTest.OfCount(place)) is not { } test)
                return ImmutableArray<ExistenceTest>.Empty;
            tests.Add(test);
        }

        return tests.ToImmutable();
    }

    /// <summary>A default that the caller chooses, a value that can be null in a row, rows that fill the navigations of others: there the comparison asks for something else.</summary>
    private static bool MayBeTested(IInvocationOperation call, QueryChain query, BackendModel model)
    {
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Type is not { Name: "IQueryable" or "Expression" or "CancellationToken" })
                return false;
        }

        if (call.Receiver()?.Unwrap().Type.ElementTypeOfSequence() is not { IsReferenceType: true } row || !MakesObjects(query))
            return false;
        return row is not INamedTypeSymbol entity || !FixUp.MayMatter(query, entity, call, model);
    }

    private static bool MakesObjects(QueryChain query)
    {
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name is not ("Select" or "SelectMany" or "Join" or "GroupJoin" or "LeftJoin" or "RightJoin" or "Zip" or "DefaultIfEmpty"))
                continue;
            if (call.Arguments[^1].Value.AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
                || value.Unwrap() is not (IObjectCreationOperation or IAnonymousObjectCreationOperation))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MayBeOperators(ResultPlaces places)
    {
        foreach (var place in places.Places)
        {
            if (place.Parent is not (IPropertyReferenceOperation { Property.Name: "Count" or "Length" } or IInvocationOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } }))
                return false;
        }

        return true;
    }

    private static ImmutableArray<InMemoryUse> UsesOf(ResultPlaces places, QueryChain query, RowShape? shape, BackendModel model)
    {
        var uses = ImmutableArray.CreateBuilder<InMemoryUse>();
        foreach (var place in places.Places)
        {
            if (InMemoryUse.Of(place, query, shape, model) is not { } use)
                return ImmutableArray<InMemoryUse>.Empty;
            uses.Add(use);
        }

        return uses.ToImmutable();
    }

    private static LoadMistake? MistakeIn(ImmutableArray<InMemoryUse> uses, QueryChain query)
    {
        if (uses is [{ Kind: InMemoryKind.Filter }])
            return LoadMistake.Filter;
        if (uses.IsEmpty || IsShort(query))
            return null;
        if (uses is [{ Kind: InMemoryKind.Search }])
            return LoadMistake.Aggregate;
        foreach (var use in uses)
        {
            if (use.Kind is not InMemoryKind.Aggregate)
                return null;
        }

        return LoadMistake.Aggregate;
    }

    /// <summary><c>Take(2)</c> before a look at how many there are.</summary>
    private static bool IsShort(QueryChain query)
    {
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name is "Take" && call.ArgumentAt(1) is { ConstantValue: { HasValue: true, Value: int and <= FewRows } })
                return true;
        }

        return false;
    }

    /// <summary>Tracked rows that are linked to each other, or that were changed, are not what the database would look at.</summary>
    private static bool IsNeededInMemory(IInvocationOperation call, QueryChain query, RowShape? shape, ImmutableArray<InMemoryUse> uses, BackendModel model)
    {
        if (shape?.Entity is not { } entity)
            return false;
        if (uses is [{ Kind: not InMemoryKind.Aggregate }] && FixUp.LinksItsRows(query, entity))
            return true;
        return FixUp.MayMatter(query, entity.Symbol, call, model) || FixUp.IsChangedInSameMember(query, entity.Symbol, call);
    }
}
