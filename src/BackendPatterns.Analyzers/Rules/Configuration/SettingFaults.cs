using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Configuration;

/// <summary>The faults in the settings of one compilation, each with the one place to say so.</summary>
internal sealed class SettingFaults(Compilation compilation, AnalyzerOptions options)
{
    private readonly AnalyzerConfigOptionsProvider _settings = options.AnalyzerConfigOptionsProvider;
    private readonly bool _isLeftOut = AnalysisScope.LeavesOut(compilation, options);
    private Dictionary<SettingFault, SyntaxTree>? _first;
    private int _isProjectTold;

    /// <summary>The faults in what is set for the whole project: an empty list from the second call on.</summary>
    public IReadOnlyList<SettingFault> TakeThoseOfProject() =>
        Interlocked.Exchange(ref _isProjectTold, 1) == 0 ? [.. SettingFault.OfProject(_settings.GlobalOptions, _isLeftOut)] : [];

    /// <summary>
    /// The faults that are to be told in this file: of the files that a faulty setting is for, the first one by its path stands for all of them. Which one that is does not depend on
    /// the order in which files are compiled or analysed.
    /// </summary>
    public IReadOnlyList<SettingFault> In(SyntaxTree tree, CancellationToken cancellation)
    {
        List<SettingFault>? told = null;
        foreach (var fault in Of(tree))
        {
            if (First(cancellation).TryGetValue(fault, out var place) && place == tree)
                (told ??= []).Add(fault);
        }

        return told ?? (IReadOnlyList<SettingFault>)[];
    }

    private IEnumerable<SettingFault> Of(SyntaxTree tree) => SettingFault.OfFile(_settings.GetOptions(tree), _settings.GlobalOptions, _isLeftOut);

    /// <summary>Found when the first fault is, so that settings without one cost a look at the options of each file. Two threads may find the same at the same time.</summary>
    private Dictionary<SettingFault, SyntaxTree> First(CancellationToken cancellation)
    {
        if (_first is { } known)
            return known;
        var first = new Dictionary<SettingFault, SyntaxTree>();
        foreach (var tree in compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!AnalysisScope.Covers(tree) || GeneratedFiles.Contain(tree, cancellation))
                continue;
            foreach (var fault in Of(tree))
            {
                if (!first.ContainsKey(fault))
                    first.Add(fault, tree);
            }
        }

        return _first = first;
    }
}
