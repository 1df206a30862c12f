using System.Collections.Immutable;
using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Layers;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Rules.DataAccess;

namespace BackendPatterns.Analyzers.Rules.Configuration;

/// <summary>
/// Every option of the package. Each is a static field of the part that reads it, which exists only once that part has run: a list that was filled by the fields would depend on what
/// has run before. A test compares this one with the fields.
/// </summary>
public static class KnownOptions
{
    public static ImmutableArray<RuleOption> All { get; } = ImmutableArray.Create<RuleOption>(
        AnalysisScope.AnalyzeTestProjects,
        AuthorizationAttributes.Listed,
        BP1014UnboundedList.LookupTables,
        EndpointNames.AnonymousEndpoints,
        FactsGenerator.Switch,
        LayeringOptions.AllowedDependencies,
        LayeringOptions.Mode,
        LayerRulesInForce.Option,
        ProjectBaseline.Switch,
        SuspectedReads.DataAccessTypes);

    private static readonly ImmutableDictionary<string, RuleOption> ByKey = All.ToImmutableDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The option with a key, in upper or lower case; null where there is none.</summary>
    public static RuleOption? Find(string key) => ByKey.TryGetValue(key, out var option) ? option : null;

    /// <summary>
    /// Returns the key that is probably meant by one that no option has: with another prefix, without the id of its rule, or with a few letters that differ. Null where none is that near.
    /// </summary>
    public static string? Nearest(string key)
    {
        var written = NameIn(key);
        var keys = All.Where(option => !option.IsProperty).Select(option => option.Key).ToList();
        return keys.LastOrDefault(known => written.Equals(LastPart(known), StringComparison.OrdinalIgnoreCase))
            ?? (NearestName.To(written, keys.Select(NameIn)) is { } name ? RuleOption.Prefix + name : null);
    }

    private static string NameIn(string key) => key.Substring(key.IndexOf('.') + 1);

    private static string LastPart(string key) => key.Substring(key.LastIndexOf('.') + 1);
}
