using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>
/// Reads layer rules: <c>chain, chain</c>, a chain being <c>layer &gt; layer &gt; layer</c> or a single layer. Semicolons separate chains too, where they get here: in an
/// <c>.editorconfig</c> they begin a comment (https://github.com/dotnet/roslyn/issues/44596).
/// </summary>
public sealed class LayerRulesText
{
    private const int MostLayers = 64;

    private readonly string _text;
    private readonly List<LayerPattern> _layers = [];
    private readonly List<ulong> _allowed = [];
    private int _at;
    private int _previous = -1;
    private bool _afterArrow;

    private LayerRulesText(string text) => _text = text;

    /// <summary>Returns the rules that a text states, or null with what is wrong in it and where.</summary>
    public static LayerRules? Parse(string text, out string? problem) => new LayerRulesText(text).Read(out problem);

    private LayerRules? Read(out string? problem)
    {
        problem = null;
        for (; _at < _text.Length && problem is null; _at++)
        {
            var c = _text[_at];
            if (c == '>')
                problem = ReadArrow();
            else if (c is ',' or ';' or '|')
                problem = EndChain();
            else if (IsOfName(c))
                problem = ReadName();
            else if (!char.IsWhiteSpace(c))
                problem = $"'{c}' at character {_at + 1} cannot stand in a layer name";
        }

        problem ??= EndChain() ?? WholeProblem();
        return problem is null ? new LayerRules(_layers.ToImmutableArray(), _allowed.ToImmutableArray()) : null;
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '*';

    private string? ReadArrow()
    {
        if (_previous < 0 || _afterArrow)
            return $"a layer name is missing before '>' at character {_at + 1}";
        _afterArrow = true;
        return null;
    }

    private string? EndChain()
    {
        if (_afterArrow)
            return $"a layer name is missing after the last '>' before character {_at + 1}";
        _previous = -1;
        return null;
    }

    private string? ReadName()
    {
        var start = _at;
        while (_at + 1 < _text.Length && IsOfName(_text[_at + 1]))
            _at++;
        var name = _text.Substring(start, _at + 1 - start);
        if (_previous >= 0 && !_afterArrow)
            return $"'>' or a comma is missing before '{name}' at character {start + 1}";
        var layer = _layers.FindIndex(known => known.Text == name);
        if (layer < 0)
        {
            if (LayerPattern.Parse(name, out var problem) is not { } pattern)
                return $"the layer name '{name}' at character {start + 1} {problem}";
            if (_layers.Count == MostLayers)
                return $"'{name}' at character {start + 1} is one layer more than the {MostLayers} that are possible";
            layer = _layers.Count;
            _layers.Add(pattern);
            _allowed.Add(0);
        }

        return Follow(layer, start);
    }

    private string? Follow(int layer, int start)
    {
        if (_afterArrow)
        {
            if (layer == _previous || (_allowed[layer] & (1UL << _previous)) != 0)
                return $"'{_layers[_previous].Text} > {_layers[layer].Text}' at character {start + 1} closes a circle: '{_layers[layer].Text}' is below '{_layers[_previous].Text}' and above it";
            Allow(_previous, layer);
        }

        (_previous, _afterArrow) = (layer, false);
        return null;
    }

    /// <summary>Every layer that may use the upper one may use the lower one and what that one may use.</summary>
    private void Allow(int upper, int lower)
    {
        var below = _allowed[lower] | (1UL << lower);
        for (var i = 0; i < _allowed.Count; i++)
        {
            if (i == upper || (_allowed[i] & (1UL << upper)) != 0)
                _allowed[i] |= below;
        }
    }

    private string? WholeProblem() => _layers.Count switch
    {
        0 => "it names no layer",
        1 => $"it names one layer only, '{_layers[0].Text}', so that no reference can be wrong (in an .editorconfig everything after ';' or '#' is a comment)",
        _ => null,
    };
}
