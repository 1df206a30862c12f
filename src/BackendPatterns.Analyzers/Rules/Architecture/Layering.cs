using BackendPatterns.Analyzers.Framework;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>How strictly endpoints must leave data access to a service layer.</summary>
public enum Layering
{
    /// <summary>Every endpoint type.</summary>
    Strict,

    /// <summary>Only those that break what at least 70 % of at least four others do.</summary>
    Convention,

    /// <summary>Not at all.</summary>
    Off,
}

/// <summary>The options of the layering rules.</summary>
public static class LayeringOptions
{
    public static readonly RuleOption<Layering> Mode = RuleOption.Choice(
        "layering", Layering.Strict, "Whether controllers and other endpoints may use data access directly: never, only where most of their siblings do, or always.");

    public static readonly RuleOption<IReadOnlyList<string>> AllowedDependencies = RuleOption.Names(
        "allowed_dependencies", "Types that endpoints may take although they are data access: simple or full names.");
}
