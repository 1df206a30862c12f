using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>
/// Which entries can go after a build in which no report needed them. An entry stays where the build cannot know: its rule is switched off, for the project or for a file that names the member; the
/// code does not compile; or code that this configuration leaves out (<c>#if</c>) names the member.
/// </summary>
internal sealed class UnusedEntries(ProjectBaseline baseline, Compilation compilation)
{
    private readonly Dictionary<SyntaxTree, List<(string Text, string? Member)>> _leftOut = [];
    private readonly Dictionary<SyntaxTree, string> _texts = [];

    public IEnumerable<BaselineEntry> Removable(CancellationToken cancellation)
    {
        var unused = baseline.Entries.Where(entry => !baseline.IsUsed(entry)).ToList();
        if (unused.Count == 0 || HasErrors(compilation.GetParseDiagnostics(cancellation)) || HasErrors(compilation.GetDeclarationDiagnostics(cancellation)))
            return [];
        return unused.Where(entry => IsRuleGone(entry.Rule) || (baseline.HasStarted(entry.Rule) && !compilation.SyntaxTrees.Any(tree => MayHave(entry, tree, cancellation))));
    }

    private static bool HasErrors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Any(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error && !diagnostic.IsSuppressed);

    /// <summary>A rule that this version does not have: its types are named after their ids.</summary>
    private bool IsRuleGone(string rule) => !baseline.HasStarted(rule) && !RuleTypes.Value.Any(name => name.StartsWith(rule, StringComparison.Ordinal));

    private static readonly Lazy<List<string>> RuleTypes = new(() => typeof(UnusedEntries).Assembly.GetTypes().Select(type => type.Name).ToList());

    private bool MayHave(BaselineEntry entry, SyntaxTree tree, CancellationToken cancellation) =>
        IsSwitchedOff(entry.Rule, tree, cancellation) && TextOf(tree, cancellation).Contains(LastName(entry.Member))
        || LeftOutOf(tree, cancellation).Any(part => part.Member == entry.Member || part.Text.Contains(LastName(entry.Member)));

    private bool IsSwitchedOff(string rule, SyntaxTree tree, CancellationToken cancellation) =>
        compilation.Options.SyntaxTreeOptionsProvider is { } options && options.TryGetDiagnosticValue(tree, rule, cancellation, out var severity) && severity is ReportDiagnostic.Suppress;

    private string TextOf(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!_texts.TryGetValue(tree, out var text))
            _texts[tree] = text = tree.GetText(cancellation).ToString();
        return text;
    }

    /// <summary>The texts that the preprocessor skips, each with the member that it stands in.</summary>
    private List<(string Text, string? Member)> LeftOutOf(SyntaxTree tree, CancellationToken cancellation)
    {
        if (_leftOut.TryGetValue(tree, out var known))
            return known;
        var leftOut = new List<(string, string?)>();
        var root = tree.GetRoot(cancellation);
        if (root.ContainsDirectives)
        {
            foreach (var trivia in root.DescendantTrivia())
            {
                if (!trivia.IsKind(SyntaxKind.DisabledTextTrivia) || trivia.Token.Parent is not { } node)
                    continue;
                var declaration = MemberName.DeclarationOf(node);
                leftOut.Add((trivia.ToString(), MemberName.Of(declaration, node)));
            }
        }

        return _leftOut[tree] = leftOut;
    }

    /// <summary>The word by which source mentions a member: of a constructor, operator or indexer the type's.</summary>
    private static string LastName(string member)
    {
        var names = member.Split('.');
        for (var i = names.Length - 1; i >= 0; i--)
        {
            var end = names[i].IndexOfAny(['`', '(', '[']);
            var name = end < 0 ? names[i] : names[i].Substring(0, end);
            if (SyntaxFacts.IsValidIdentifier(name) && name is not ("ctor" or "cctor" or "Finalize" or "this"))
                return name;
        }

        return member;
    }
}
