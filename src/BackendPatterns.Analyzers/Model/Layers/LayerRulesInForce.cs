using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>A rule text that cannot be read, and the file to say so in.</summary>
internal sealed record BadLayerRules(string Text, string Problem, SyntaxTree Tree);

/// <summary>The layer rules that the configuration states for the files of one compilation: folders can differ.</summary>
internal sealed class LayerRulesInForce
{
    public static readonly RuleOption<string> Option = RuleOption.Text(
        "layers", "chains of namespace patterns, `A > B > C`, separated by commas", "Which layers there are and which of them may use which; a layer may use those after it in a chain.");

    private readonly AnalyzerOptions _options;
    private readonly Dictionary<string, (LayerRules Rules, LayerNames Names)?> _byText = new(StringComparer.Ordinal);
    private readonly List<BadLayerRules> _bad = [];

    private LayerRulesInForce(AnalyzerOptions options) => _options = options;

    /// <summary>The texts that cannot be read, once each.</summary>
    public IReadOnlyList<BadLayerRules> Bad => _bad;

    /// <summary>Returns the rules for a compilation, or null where no file has any.</summary>
    public static LayerRulesInForce? For(BackendModel model, AnalyzerOptions options, CancellationToken cancellation)
    {
        LayerRulesInForce? inForce = null;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Option.In(options, tree) is { Length: > 0 } text)
                (inForce ??= new LayerRulesInForce(options)).Add(text, tree, model, cancellation);
        }

        return inForce;
    }

    /// <summary>Returns the rules for one file, or null where it has none or they cannot be read.</summary>
    public (LayerRules Rules, LayerNames Names)? In(SyntaxTree tree) => _byText.TryGetValue(Option.In(_options, tree), out var known) ? known : null;

    private void Add(string text, SyntaxTree tree, BackendModel model, CancellationToken cancellation)
    {
        if (!_byText.TryGetValue(text, out var known))
            _byText.Add(text, known = LayerRulesText.Parse(text, out _) is { } rules ? (rules, new LayerNames(rules, model)) : null);
        if (known is not null || _bad.Exists(bad => bad.Text == text) || !AnalysisScope.Of(model.Compilation).Covers(tree) || GeneratedFiles.Contain(tree, cancellation))
            return;
        LayerRulesText.Parse(text, out var problem);
        _bad.Add(new BadLayerRules(text, problem!, tree));
    }
}
