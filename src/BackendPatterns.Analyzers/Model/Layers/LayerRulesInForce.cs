using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>The layer rules that the configuration states for the files of one compilation: folders can differ.</summary>
internal sealed class LayerRulesInForce
{
    public static readonly RuleOption<string> Option = RuleOption.Text(
        "layers", "chains of namespace patterns, `A > B > C`, separated by commas", "Which layers there are and which of them may use which; a layer may use those after it in a chain.", ProblemOf);

    private readonly AnalyzerOptions _options;
    private readonly Dictionary<string, (LayerRules Rules, LayerNames Names)?> _byText = new(StringComparer.Ordinal);

    private LayerRulesInForce(AnalyzerOptions options) => _options = options;

    /// <summary>Returns the rules for a compilation, or null where no file has any.</summary>
    public static LayerRulesInForce? For(BackendModel model, AnalyzerOptions options)
    {
        LayerRulesInForce? inForce = null;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Option.In(options, tree) is { Length: > 0 } text)
                (inForce ??= new LayerRulesInForce(options)).Add(text, model);
        }

        return inForce;
    }

    /// <summary>Returns the rules for one file, or null where it has none or they cannot be read.</summary>
    public (LayerRules Rules, LayerNames Names)? In(SyntaxTree tree) => _byText.TryGetValue(Option.In(_options, tree), out var known) ? known : null;

    private void Add(string text, BackendModel model)
    {
        if (!_byText.ContainsKey(text))
            _byText.Add(text, LayerRulesText.Parse(text, out _) is { } rules ? (rules, new LayerNames(rules, model)) : null);
    }

    private static string? ProblemOf(string text) =>
        text.Length == 0 || LayerRulesText.Parse(text, out var problem) is not null ? null : $"{problem}; chains are written as 'Web > Application > Domain' and separated by commas";
}
