using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Configuration;

/// <summary>What can be wrong with one setting.</summary>
internal enum SettingFaultKind
{
    /// <summary>The option does not accept the value.</summary>
    Value,

    /// <summary>There is no such option.</summary>
    Key,

    /// <summary>The option is read for whole projects, and this setting is for files.</summary>
    Place,
}

/// <summary>One setting that does not do what its author wants. Two files with the same setting have equal faults.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Key">The key as it is documented, or as it is written where there is no such option.</param>
/// <param name="Text">The value as it is written.</param>
/// <param name="Problem">Why the value is not accepted, the key that is probably meant, or empty.</param>
/// <param name="Instead">What happens instead; empty where nothing reads the key.</param>
internal sealed record SettingFault(SettingFaultKind Kind, string Key, string Text, string Problem, string Instead)
{
    private const string AnyPrefix = "backend";

    /// <summary>The faults of the settings of a project, which its rules read where a file says nothing.</summary>
    /// <param name="whole">The settings of the project.</param>
    /// <param name="isLeftOut">True where the rules leave the whole project out, so that nothing reads the options of rules.</param>
    public static IEnumerable<SettingFault> OfProject(AnalyzerConfigOptions whole, bool isLeftOut)
    {
        foreach (var option in KnownOptions.All)
        {
            if ((isLeftOut && !option.IsOfWholeProject) || ValueIn(whole, option) is not { } text || option.ProblemOf(text) is not { } problem)
                continue;
            yield return new SettingFault(SettingFaultKind.Value, option.Name, text, problem, DefaultOf(option));
        }

        if (isLeftOut)
            yield break;
        foreach (var fault in UnknownKeys(whole))
            yield return fault;
    }

    /// <summary>The faults of the settings of one file that are not those of its project.</summary>
    /// <param name="file">The settings of the file, with those of the project among them or not: hosts differ.</param>
    /// <param name="whole">The settings of the project.</param>
    /// <param name="isLeftOut">True where the rules leave the whole project out.</param>
    public static IEnumerable<SettingFault> OfFile(AnalyzerConfigOptions file, AnalyzerConfigOptions whole, bool isLeftOut)
    {
        foreach (var option in KnownOptions.All)
        {
            if (option.IsProperty || ValueIn(file, option) is not { } text || text == ValueIn(whole, option))
                continue;
            if (option.IsOfWholeProject)
                yield return new SettingFault(SettingFaultKind.Place, option.Name, text, "", "");
            else if (!isLeftOut && option.ProblemOf(text) is { } problem)
                yield return new SettingFault(SettingFaultKind.Value, option.Name, text, problem, InsteadOf(option, whole));
        }

        if (isLeftOut)
            yield break;
        foreach (var fault in UnknownKeys(file))
        {
            if (!whole.TryGetValue(fault.Key, out var text) || text != fault.Text)
                yield return fault;
        }
    }

    private static string? ValueIn(AnalyzerConfigOptions options, RuleOption option) => options.TryGetValue(option.Key, out var text) ? text : null;

    /// <summary>The language of a text is its reader's, who leaves a wrong one aside; any other option falls back to the value of the project.</summary>
    private static string InsteadOf(RuleOption option, AnalyzerConfigOptions whole) =>
        option is not RuleOption<string> && ValueIn(whole, option) is { } text && option.ProblemOf(text) is null ? $"'{text}', the value of the project, is used instead" : DefaultOf(option);

    private static string DefaultOf(RuleOption option) => option switch
    {
        { DefaultText: RuleOption.Nothing } => "it counts as not set",
        RuleOption<IReadOnlyList<string>> => "the built-in list is used instead",
        _ => $"'{option.DefaultText}' is used instead",
    };

    private static IEnumerable<SettingFault> UnknownKeys(AnalyzerConfigOptions options)
    {
        foreach (var key in KeysOf(options))
        {
            if (key.StartsWith(AnyPrefix, StringComparison.OrdinalIgnoreCase) && IsMeantForUs(key) && KnownOptions.Find(key) is null && options.TryGetValue(key, out var text))
                yield return new SettingFault(SettingFaultKind.Key, key, text, KnownOptions.Nearest(key) ?? "", "");
        }
    }

    private static bool IsMeantForUs(string key)
    {
        if (key.StartsWith(RuleOption.Prefix, StringComparison.OrdinalIgnoreCase))
            return true;
        var dot = key.IndexOf('.');
        return dot > 0 && NearestName.To(key.Substring(0, dot + 1), [RuleOption.Prefix]) is not null;
    }

    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            // A host may leave the list of its keys out, as its base class does; the options that we know are checked all the same.
            return [];
        }
    }
}
