using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A list of all rows of a growing table that an endpoint answers with; the analyzer and its fix ask the same question.</summary>
/// <param name="Call">The operator that loads the rows.</param>
/// <param name="Entity">What the rows are, or are made of.</param>
/// <param name="Handler">The action or handler that answers with them.</param>
public sealed record BP1014UnboundedList(IInvocationOperation Call, EntityType Entity, IMethodSymbol Handler)
{
    public static readonly RuleOption<IReadOnlyList<string>> LookupTables = RuleOption.Names(
        "BP1014.lookup_tables",
        "Entities whose tables stay small, by the name or its end (`Category` is `ProductCategory` too), so that an endpoint may return all their rows.",
        "Category", "Country", "Currency", "Language", "Role", "Tag", "Setting", "Settings", "Genre", "Permission", "Theme", "Library", "Type", "Status", "Unit");

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal) { "ToList", "ToListAsync", "ToArray", "ToArrayAsync" };

    /// <summary>Operators that leave fewer rows, or other ones.</summary>
    private static readonly HashSet<string> Limits = new(StringComparer.Ordinal)
    {
        "Take", "TakeWhile", "Skip", "GroupBy", "Distinct", "DistinctBy", "Join", "GroupJoin", "LeftJoin", "RightJoin", "SelectMany", "FromSql", "FromSqlRaw", "FromSqlInterpolated",
        "Intersect", "Except", "OfType",
    };

    private static readonly string[] WholeTables = ["Export", "Download", "Csv", "Backup", "Sitemap", "Feed", "Report", "Dump"];

    /// <summary>Returns the finding that a call is, or null where it lists nothing, a limited number of rows, a lookup table, or where that or who gets the rows is not known.</summary>
    public static BP1014UnboundedList? Of(IInvocationOperation call, BackendModel model, AnalyzerOptions? options)
    {
        // What the operation itself tells comes first, then the rows, then who calls the method.
        if (model.Endpoints is not { } endpoints || model.DataAccess.QueryEndedBy(call, Lists) is not { } source || IsLimitedInPlace(source)
            || EndpointAnswers.ReturnsOf(call) is not { Count: > 0 } returns || call.IsInExpressionTree(model.Libraries.Linq.Expression)
            || model.DataAccess.ReadBy(call) is not { } query || EntityOf(query.Ways, model, out var isSometimesNarrow) is not { } entity || !Grows(entity, model) || IsListed(entity.Symbol, call, options))
        {
            return null;
        }

        return endpoints.Answers.HandlerOf(returns) is { } handler && !Array.Exists(WholeTables, word => handler.Name.Contains(word)) && !ClientQueries.Page(handler)
               && (!isSometimesNarrow || IsIn(handler, call))
            ? new BP1014UnboundedList(call, entity, handler)
            : null;
    }

    /// <summary>True where the chain before the operator has a limit: most queries have, and nothing has to be followed to see it.</summary>
    private static bool IsLimitedInPlace(IOperation source)
    {
        while (source.Unwrap() is IInvocationOperation { TargetMethod: var method } call && call.Receiver() is { } before)
        {
            if (Limits.Contains(method.Name))
                return true;
            source = before;
        }

        return false;
    }

    /// <summary>The entity whose rows the query starts from on a way without limit or filter by key; null where every way has one, or one of them cannot be read.</summary>
    private static EntityType? EntityOf(QueryWays ways, BackendModel model, out bool isSometimesNarrow)
    {
        var stops = ways.StopsAt(call => Limits.Contains(call.TargetMethod.Name) || (call.TargetMethod.Name is "Where" && NarrowFilter.Is(call, model)));
        isSometimesNarrow = !stops.Operators.IsEmpty;
        if (!stops.AreKnown || stops.Sources.IsEmpty || stops.Operators.Any(static call => Limits.Contains(call.TargetMethod.Name)))
            return null;
        EntityType? entity = null;
        foreach (var source in stops.Sources)
        {
            if (model.Libraries.EntityFrameworkCore?.IsDbSet(source.Type) != true || source.Type.ElementTypeOfSequence() is not INamedTypeSymbol row || model.Entities.Find(row) is not { IsReadable: true } found)
                return null;
            entity = found;
        }

        return entity;
    }

    /// <summary>Whether a filter is set, a request says to its handler; elsewhere a caller says it, who may always do so.</summary>
    private static bool IsIn(IMethodSymbol handler, IOperation call) =>
        SymbolEqualityComparer.Default.Equals(call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart), handler);

    /// <summary>
    /// A table whose rows have a time, or belong to other rows, is no lookup table. Where queries have filters of the model, the rows of a table with owners may be those of one.
    /// </summary>
    private static bool Grows(EntityType entity, BackendModel model) =>
        model.Entities.IsEntity(entity.Symbol) && entity.Columns.Length > 3
        && entity.Members.Any(static member => member.Kind is EntityMemberKind.Reference || (member.Kind is EntityMemberKind.Column && NarrowFilter.IsTime(member.Property.Type)))
        && !(model.Entities.HasQueryFilters && entity.Members.Any(static member => member.Name.StartsWith("Tenant", StringComparison.Ordinal) || member.Name.StartsWith("Owner", StringComparison.Ordinal)));

    private static bool IsListed(INamedTypeSymbol entity, IOperation place, AnalyzerOptions? options)
    {
        var names = options is null ? LookupTables.DefaultValue : LookupTables.In(options, place.Syntax.SyntaxTree);
        foreach (var name in names)
        {
            if (IsNamed(entity.Name, name) || IsNamed(entity.Name, name + "Entity"))
                return true;
        }

        return false;
    }

    private static bool IsNamed(string entity, string name) =>
        entity.EndsWith(name, StringComparison.Ordinal) && (entity.Length == name.Length || (char.IsUpper(name[0]) && char.IsLower(entity[entity.Length - name.Length - 1])));
}
