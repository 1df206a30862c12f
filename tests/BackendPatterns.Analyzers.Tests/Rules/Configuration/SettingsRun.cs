using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BackendPatterns.Analyzers.Rules.Configuration;
using BackendPatterns.Analyzers.Tests.Repository;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Rules.Configuration;

/// <summary>What BP0001 says of a project with the configuration files as the compiler reads them.</summary>
internal sealed class SettingsRun
{
    private readonly List<(string Path, string Text)> _configurations = [];
    private readonly List<(string Path, string Text)> _sources = [];
    private readonly List<MetadataReference> _references = [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)];
    private bool _keysAreKnown = true;

    /// <summary>A file with these sources at <c>/src/A.cs</c> and so on.</summary>
    public SettingsRun(params string[] names)
    {
        foreach (var name in names is [] ? ["A.cs"] : names)
            _sources.Add(("/src/" + name, "class C" + _sources.Count + " { }"));
    }

    /// <summary>Lines of an <c>.editorconfig</c> for all files below a folder of <c>/src</c>.</summary>
    public SettingsRun EditorConfig(string lines, string folder = "")
    {
        _configurations.Add(($"/src/{folder}.editorconfig", "[*.cs]\n" + lines + "\n"));
        return this;
    }

    public SettingsRun GlobalConfig(string lines)
    {
        _configurations.Add(("/.globalconfig", "is_global = true\n" + lines + "\n"));
        return this;
    }

    public SettingsRun Source(string name, string text)
    {
        _sources.Add(("/src/" + name, text));
        return this;
    }

    public SettingsRun Reference(Type type)
    {
        _references.Add(MetadataReference.CreateFromFile(type.Assembly.Location));
        return this;
    }

    /// <summary>In a host that does not list the keys of its options.</summary>
    public SettingsRun WithoutKeys()
    {
        _keysAreKnown = false;
        return this;
    }

    /// <summary>The reports of a build in ordinal order, <c>A.cs: message</c>, or only the message where there is no place.</summary>
    public async Task<string[]> Build(bool reversed = false)
    {
        var compilation = Compilation(reversed);
        return Texts(await With(compilation).GetAnalyzerDiagnosticsAsync());
    }

    /// <summary>The reports with a place, file by file, as an editor asks for them.</summary>
    public async Task<string[]> Edit()
    {
        var compilation = Compilation(reversed: false);
        var reports = new List<Diagnostic>();
        foreach (var tree in compilation.SyntaxTrees)
            reports.AddRange(await With(compilation).GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None));
        return Texts(reports);
    }

    private CSharpCompilation Compilation(bool reversed)
    {
        var trees = _sources.Select(source => SourceFolder.Parse(source.Text, source.Path));
        return CSharpCompilation.Create("Settings", reversed ? trees.Reverse() : trees, _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private CompilationWithAnalyzers With(CSharpCompilation compilation) => compilation.WithAnalyzers(
        [new BP0001InvalidOptionAnalyzer()],
        new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new Configurations(_configurations, _keysAreKnown)),
            onAnalyzerException: (exception, _, _) => throw exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false));

    private static string[] Texts(IEnumerable<Diagnostic> reports) =>
    [
        .. reports.Select(report => (report.Location.SourceTree is { } tree ? Path.GetRelativePath("/src", tree.FilePath).Replace('\\', '/') + ": " : "") + report.GetMessage())
            .Order(StringComparer.Ordinal),
    ];

    private sealed class Configurations : AnalyzerConfigOptionsProvider
    {
        private readonly AnalyzerConfigSet _set;
        private readonly bool _keysAreKnown;

        public Configurations(List<(string Path, string Text)> files, bool keysAreKnown)
        {
            _keysAreKnown = keysAreKnown;
            _set = AnalyzerConfigSet.Create(files.Select(file => AnalyzerConfig.Parse(SourceText.From(file.Text), file.Path)).ToList());
            GlobalOptions = Options(_set.GlobalConfigOptions.AnalyzerOptions);
        }

        public override AnalyzerConfigOptions GlobalOptions { get; }

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Options(_set.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private AnalyzerConfigOptions Options(ImmutableDictionary<string, string> values) => _keysAreKnown ? new Listed(values) : new Unlisted(values);
    }

    private class Unlisted(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        protected ImmutableDictionary<string, string> Values => values;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }

    private sealed class Listed(ImmutableDictionary<string, string> values) : Unlisted(values)
    {
        public override IEnumerable<string> Keys => Values.Keys;
    }
}
