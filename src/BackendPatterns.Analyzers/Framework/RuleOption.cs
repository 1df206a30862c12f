using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>What the documentation says about one <c>.editorconfig</c> option.</summary>
/// <param name="Key">The full key, <c>backend_patterns.…</c>.</param>
/// <param name="Values">The accepted values, as documentation shows them.</param>
/// <param name="DefaultText">The value used when the key is absent or its value is not accepted.</param>
/// <param name="Summary">One sentence.</param>
public abstract record RuleOption(string Key, string Values, string DefaultText, string Summary)
{
    private static readonly ConcurrentDictionary<string, RuleOption> Known = new(StringComparer.Ordinal);

    /// <summary>Every option declared so far, by key. Options are static fields of the part that reads them.</summary>
    public static IReadOnlyDictionary<string, RuleOption> All => Known;

    /// <summary>An option with two values, <c>true</c> and <c>false</c>.</summary>
    public static RuleOption<bool> Flag(string name, bool defaultValue, string summary) =>
        Declare(new RuleOption<bool>(
            Prefixed(name), "true, false", defaultValue ? "true" : "false", summary, defaultValue,
            text => bool.TryParse(text, out var value) ? value : null));

    /// <summary>A whole number between two bounds, both included.</summary>
    public static RuleOption<int> Number(string name, int defaultValue, int minimum, int maximum, string summary) =>
        Declare(new RuleOption<int>(
            Prefixed(name), $"{minimum} – {maximum}", defaultValue.ToString(CultureInfo.InvariantCulture), summary, defaultValue,
            text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
                ? value
                : null));

    /// <summary>One of the names of an enum, written in lower case.</summary>
    public static RuleOption<T> Choice<T>(string name, T defaultValue, string summary)
        where T : struct, Enum =>
        Declare(new RuleOption<T>(
            Prefixed(name), string.Join(", ", Enum.GetNames(typeof(T)).Select(Lower)), Lower(defaultValue.ToString()), summary, defaultValue,
            text => !int.TryParse(text, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null));

    /// <summary>Names separated by commas or semicolons; compared as the reader says.</summary>
    public static RuleOption<IReadOnlyList<string>> Names(string name, string summary, params string[] defaultValue) =>
        Declare(new RuleOption<IReadOnlyList<string>>(
            Prefixed(name), "names separated by commas", defaultValue.Length == 0 ? "(none)" : string.Join(", ", defaultValue), summary, defaultValue,
            text => text.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).Where(part => part.Length > 0).ToArray()));

    /// <summary>A text in a language of its own, which the rule that reads it checks; empty where it is not set.</summary>
    public static RuleOption<string> Text(string name, string values, string summary) =>
        Declare(new RuleOption<string>(Prefixed(name), values, "(none)", summary, "", static text => text));

    private static RuleOption<T> Declare<T>(RuleOption<T> option)
    {
        Known[option.Key] = option;
        return option;
    }

    private static string Prefixed(string name) => "backend_patterns." + name;

    private static string Lower(string name) => name.ToLowerInvariant();
}

/// <summary>One option, read per syntax tree so that folders can differ.</summary>
public sealed record RuleOption<T>(string Key, string Values, string DefaultText, string Summary, T DefaultValue, Func<string, object?> Parse)
    : RuleOption(Key, Values, DefaultText, Summary)
{
    /// <summary>The value for one file: of its <c>.editorconfig</c> section, else of a global config, else the default. A value that is not accepted counts as absent.</summary>
    public T In(AnalyzerOptions options, SyntaxTree tree) =>
        Read(options.AnalyzerConfigOptionsProvider.GetOptions(tree)) is { } value ? (T)value : InAll(options);

    /// <summary>The value for the whole compilation (a global config), else the default.</summary>
    public T InAll(AnalyzerOptions options) =>
        Read(options.AnalyzerConfigOptionsProvider.GlobalOptions) is { } value ? (T)value : DefaultValue;

    private object? Read(AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out var text) ? Parse(text.Trim()) : null;
}
