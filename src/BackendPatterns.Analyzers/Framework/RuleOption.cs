using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>What the documentation and the check of settings say about one option.</summary>
/// <param name="Key">The full key: <c>backend_patterns.…</c> of an <c>.editorconfig</c> or global config, or <c>build_property.…</c> of an MSBuild property.</param>
/// <param name="Values">The accepted values, as documentation shows them.</param>
/// <param name="DefaultText">The value used when the key is absent or its value is not accepted.</param>
/// <param name="Summary">One sentence.</param>
public abstract record RuleOption(string Key, string Values, string DefaultText, string Summary)
{
    /// <summary>What the keys of this package begin with.</summary>
    public const string Prefix = "backend_patterns.";

    /// <summary>The default of an option that lists or describes nothing until it is set.</summary>
    public const string Nothing = "(none)";

    private const string PropertyPrefix = "build_property.";

    /// <summary>True for an MSBuild property.</summary>
    public bool IsProperty => Key.StartsWith(PropertyPrefix, StringComparison.Ordinal);

    /// <summary>The name that a user writes: the key, or the name of the MSBuild property.</summary>
    public string Name => IsProperty ? Key.Substring(PropertyPrefix.Length) : Key;

    /// <summary>True where single files cannot differ: the option is read from a global config only.</summary>
    public bool IsOfWholeProject { get; init; }

    /// <summary>Returns why a text is not accepted as the value, as the end of a sentence; null where it is.</summary>
    public abstract string? ProblemOf(string text);

    /// <summary>An option with two values, <c>true</c> and <c>false</c>.</summary>
    public static RuleOption<bool> Flag(string name, bool defaultValue, string summary) => FlagOf(Prefix + name, defaultValue, summary);

    /// <summary>An MSBuild property with two values, <c>true</c> and <c>false</c>, which the package makes visible to the compiler.</summary>
    public static RuleOption<bool> FlagProperty(string name, bool defaultValue, string summary) => FlagOf(PropertyPrefix + name, defaultValue, summary) with { IsOfWholeProject = true };

    /// <summary>A whole number between two bounds, both included.</summary>
    public static RuleOption<int> Number(string name, int defaultValue, int minimum, int maximum, string summary) =>
        OneOf(
            Prefix + name, $"{minimum} – {maximum}", defaultValue.ToString(CultureInfo.InvariantCulture), summary, defaultValue,
            text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
                ? value
                : null,
            $"whole numbers from {minimum} to {maximum}");

    /// <summary>One of the names of an enum, written in lower case.</summary>
    public static RuleOption<T> Choice<T>(string name, T defaultValue, string summary)
        where T : struct, Enum
    {
        var names = Enum.GetNames(typeof(T)).Select(Lower).ToArray();
        return OneOf(
            Prefix + name, string.Join(", ", names), Lower(defaultValue.ToString()), summary, defaultValue,
            text => names.Contains(Lower(text)) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null,
            Alternatives(names));
    }

    /// <summary>Names separated by commas, vertical bars or semicolons; compared as the reader says.</summary>
    public static RuleOption<IReadOnlyList<string>> Names(string name, string summary, params string[] defaultValue) => Names(name, summary, static _ => null, defaultValue);

    /// <summary>Names separated by commas, vertical bars or semicolons, of which one can be wrong: <paramref name="problem"/> returns what is, as the end of a sentence, or null.</summary>
    public static RuleOption<IReadOnlyList<string>> Names(string name, string summary, Func<string, string?> problem, params string[] defaultValue)
    {
        return new(
            Prefix + name, "names separated by commas", defaultValue.Length == 0 ? Nothing : string.Join(", ", defaultValue), summary, defaultValue,
            text => Split(text) is var names && ProblemIn(names) is null ? names : null,
            text => ProblemIn(Split(text)));

        static string[] Split(string text) => text.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).Where(part => part.Length > 0).ToArray();

        string? ProblemIn(string[] names)
        {
            foreach (var one in names)
            {
                if ((one.Any(char.IsWhiteSpace) ? $"the name '{one}' holds a blank, and commas separate names" : problem(one)) is { } found)
                    return found;
            }

            return null;
        }
    }

    /// <summary>
    /// A text in a language of its own, empty where it is not set. Its reader gets it as it is, and leaves it aside where <paramref name="problem"/> says what is wrong in it, as the
    /// end of a sentence.
    /// </summary>
    public static RuleOption<string> Text(string name, string values, string summary, Func<string, string?> problem) =>
        new(Prefix + name, values, Nothing, summary, "", static text => text, problem);

    private static RuleOption<bool> FlagOf(string key, bool defaultValue, string summary) =>
        OneOf(key, "true, false", defaultValue ? "true" : "false", summary, defaultValue, text => bool.TryParse(text, out var value) ? value : null, "true or false");

    private static RuleOption<T> OneOf<T>(string key, string values, string defaultText, string summary, T defaultValue, Func<string, object?> parse, string accepted) =>
        new(key, values, defaultText, summary, defaultValue, parse, text => parse(text) is null ? "it accepts " + accepted : null);

    private static string Alternatives(string[] names) =>
        names.Length == 1 ? names[0] : string.Join(", ", names.Take(names.Length - 1)) + " or " + names[names.Length - 1];

    private static string Lower(string name) => name.ToLowerInvariant();
}

/// <summary>One option, read per syntax tree so that folders can differ.</summary>
/// <param name="Key">See <see cref="RuleOption.Key"/>.</param>
/// <param name="Values">See <see cref="RuleOption.Values"/>.</param>
/// <param name="DefaultText">See <see cref="RuleOption.DefaultText"/>.</param>
/// <param name="Summary">See <see cref="RuleOption.Summary"/>.</param>
/// <param name="DefaultValue">The value of who sets nothing.</param>
/// <param name="Parse">Returns the value of a text, or null where it is not accepted.</param>
/// <param name="Problem">Returns what is wrong in a text, as the end of a sentence, or null where nothing is.</param>
public sealed record RuleOption<T>(
    string Key, string Values, string DefaultText, string Summary, T DefaultValue, Func<string, object?> Parse, Func<string, string?> Problem)
    : RuleOption(Key, Values, DefaultText, Summary)
{
    // The value with which the editorconfig convention takes a setting back.
    private const string Unset = "unset";

    /// <summary>The value for one file: of its <c>.editorconfig</c> section, else of a global config, else the default. A value that is not accepted counts as absent.</summary>
    public T In(AnalyzerOptions options, SyntaxTree tree) =>
        Read(options.AnalyzerConfigOptionsProvider.GetOptions(tree)) is { } value ? (T)value : InAll(options);

    /// <summary>The value for the whole compilation (a global config), else the default.</summary>
    public T InAll(AnalyzerOptions options) => InAll(options.AnalyzerConfigOptionsProvider);

    /// <summary>The value for the whole compilation (a global config), else the default.</summary>
    public T InAll(AnalyzerConfigOptionsProvider options) => Read(options.GlobalOptions) is { } value ? (T)value : DefaultValue;

    /// <inheritdoc/>
    public override string? ProblemOf(string text)
    {
        var value = text.Trim();
        // The compiler is given every visible property, an empty text where it is not set.
        return IsUnset(value) || (IsProperty && value.Length == 0) ? null : Problem(value);
    }

    private object? Read(AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out var text) && text.Trim() is var value && !IsUnset(value) ? Parse(value) : null;

    private static bool IsUnset(string value) => value.Equals(Unset, StringComparison.OrdinalIgnoreCase);
}
