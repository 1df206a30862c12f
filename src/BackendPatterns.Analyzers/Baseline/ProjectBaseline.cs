using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>
/// The baseline of a project in one compilation, shared by all rules: which reports are not shown, and which entries no report has needed. While a baseline is written it hides nothing and
/// says of every report the line that would.
/// </summary>
public sealed class ProjectBaseline
{
    /// <summary>Whether the baseline is looked at.</summary>
    public static readonly RuleOption<bool> Switch = RuleOption.FlagProperty("BackendPatternsBaseline", defaultValue: true, "Whether the baseline hides its reports; with `false` everything is shown.");

    /// <summary>The MSBuild property that holds the name of the baseline's file, where it exists.</summary>
    public const string NameProperty = "build_property.BackendPatternsBaselineName";

    /// <summary>The MSBuild property of a compilation whose reports become the baseline.</summary>
    public const string WritingProperty = "build_property.BackendPatternsBaselineWriting";

    /// <summary>The property of a diagnostic that holds its line of the baseline, while one is written.</summary>
    public const string LineProperty = "BackendPatternsBaselineLine";

    // By compilation and file. Files outlive compilations: a weak table of them would keep every compilation that a baseline looked at.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<object, ProjectBaseline>> Instances = new();
    private static readonly object NoFile = new();

    private readonly ILookup<(string Rule, string Member), BaselineEntry> _entries;
    private readonly ConcurrentDictionary<BaselineEntry, bool> _used = new();
    private readonly ConcurrentDictionary<string, bool> _started = new(StringComparer.Ordinal);
    private readonly ReportedCode _code;

    private ProjectBaseline(Compilation compilation, BaselineFile file, SourceText? text, string path, string? framework, bool isWritten)
    {
        _code = new ReportedCode(compilation);
        (File, Text, Path, IsWritten) = (file, text, path, isWritten);
        Entries = file.Entries.Where(entry => entry.IsFor(framework)).ToImmutableArray();
        _entries = Entries.ToLookup(entry => (entry.Rule, entry.Member));
    }

    /// <summary>True while a baseline is written: nothing is hidden then, and every report carries its line.</summary>
    public bool IsWritten { get; }

    /// <summary>What the file says; no entries while a baseline is written.</summary>
    public BaselineFile File { get; }

    /// <summary>The text of the file; null where it cannot be read, or while a baseline is written.</summary>
    public SourceText? Text { get; }

    /// <summary>The path of the file; empty while a baseline is written.</summary>
    public string Path { get; }

    /// <summary>The entries that speak about this compilation.</summary>
    public ImmutableArray<BaselineEntry> Entries { get; }

    /// <summary>The baseline of a project, or null where it has none.</summary>
    public static ProjectBaseline? For(Compilation compilation, AnalyzerOptions options)
    {
        var global = options.AnalyzerConfigOptionsProvider.GlobalOptions;
        var isWritten = global.Flag(WritingProperty) is true;
        var file = isWritten || !Switch.InAll(options) ? null : FileIn(options);
        if (file is null && !isWritten)
            return null;
        var ofCompilation = Instances.GetValue(compilation, static _ => new ConcurrentDictionary<object, ProjectBaseline>());
        return ofCompilation.GetOrAdd(file ?? NoFile, _ =>
        {
            var text = file?.GetText();
            return new ProjectBaseline(compilation, Read(file, text, global), text, file?.Path ?? "", ValueOf(global, "build_property.TargetFramework"), isWritten);
        });
    }

    /// <summary>The file of the baseline among the additional files, or null.</summary>
    public static AdditionalText? FileIn(AnalyzerOptions options)
    {
        if (options.AdditionalFiles.IsEmpty)
            return null;
        var name = ValueOf(options.AnalyzerConfigOptionsProvider.GlobalOptions, NameProperty) ?? BaselineFile.DefaultName;
        return options.AdditionalFiles.FirstOrDefault(file => IsNamed(file.Path, name));
    }

    /// <summary>A place in the file.</summary>
    public Location LocationOf(TextSpan span) => Location.Create(Path, span, Text is null ? default : Text.Lines.GetLinePositionSpan(span));

    /// <summary>Says that a rule looks at this compilation: an entry that it does not need can go.</summary>
    public void Start(string rule) => _started.TryAdd(rule, true);

    public bool HasStarted(string rule) => _started.ContainsKey(rule);

    /// <summary>True for an entry that a report of this compilation has needed so far.</summary>
    public bool IsUsed(BaselineEntry entry) => _used.ContainsKey(entry);

    /// <summary>
    /// True where the baseline has a report of this rule at this place. Every entry hides one report: the one with the same code, else, where that code no longer stands in the member,
    /// the one with the same shape.
    /// </summary>
    public bool Hides(string rule, Location location)
    {
        if (_entries.Count == 0 || _code.At(location) is not { } place)
            return false;
        var candidates = _entries[(rule, place.Member)];
        var found = candidates.FirstOrDefault(entry => entry.Fingerprint.Text == place.Fingerprint.Text && entry.Fingerprint.TextIndex == place.Fingerprint.TextIndex)
            ?? candidates.FirstOrDefault(entry =>
                entry.Fingerprint.Shape == place.Fingerprint.Shape && entry.Fingerprint.ShapeIndex == place.Fingerprint.ShapeIndex && !place.Code.Has(entry.Fingerprint));
        if (found is not null)
            _used.TryAdd(found, true);
        return found is not null;
    }

    /// <summary>The line that hides a report of this rule at this place, or null for a place outside of the source.</summary>
    public string? LineFor(string rule, Location location) => _code.At(location) is { } place ? BaselineEntry.Line(rule, place.Member, place.Fingerprint) : null;

    private static BaselineFile Read(AdditionalText? file, SourceText? text, AnalyzerConfigOptions global)
    {
        if (text is not null)
            return BaselineFile.Read(text, ValueOf(global, "build_property.MSBuildProjectName"));
        var damages = file is null ? ImmutableArray<BaselineDamage>.Empty : ImmutableArray.Create(new BaselineDamage(default, "the file cannot be read"));
        return new BaselineFile(ImmutableArray<BaselineEntry>.Empty, damages);
    }

    private static string? ValueOf(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out var value) && value.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static bool IsNamed(string path, string name) =>
        path.EndsWith(name, StringComparison.OrdinalIgnoreCase) && (path.Length == name.Length || path[path.Length - name.Length - 1] is '/' or '\\');
}
