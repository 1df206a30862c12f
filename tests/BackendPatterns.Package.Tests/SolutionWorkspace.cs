using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Package.Tests;

/// <summary>A solution as an editor opens it: projects refer to projects and not to their assemblies.</summary>
internal static class SolutionWorkspace
{
    private const string RulesAssembly = "BackendPatterns.Analyzers.dll";

    /// <summary>What the rules report on a solution that has been built, from the same files and options.</summary>
    public static async Task<IReadOnlyList<SolutionReport>> Reports(SolutionBuild build) =>
        [.. (await Diagnostics(build)).Select(found => Report(build, found.Diagnostic)).Distinct().OrderBy(report => report.ToString(), StringComparer.Ordinal)];

    /// <summary>What the rules report, with the project that each report is of.</summary>
    public static async Task<IReadOnlyList<(string Project, Diagnostic Diagnostic)>> Diagnostics(IBuiltSolution build)
    {
        using var workspace = new AdhocWorkspace();
        var ids = build.Projects.ToDictionary(project => project, project => ProjectId.CreateNewId(project));
        var solution = build.Projects.Aggregate(workspace.CurrentSolution, (current, project) => current.AddProject(Describe(build, project, ids)));
        var reports = new List<(string Project, Diagnostic Diagnostic)>();
        var rules = new Dictionary<string, ImmutableArray<DiagnosticAnalyzer>>();
        foreach (var project in solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync())!;
            Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
            Assert.Equal(project.ProjectReferences.Count(), compilation.References.OfType<CompilationReference>().Count());
            var assembly = RulesAssemblyOf(build, project.Name);
            if (!rules.ContainsKey(assembly))
                rules.Add(assembly, new AnalyzerFileReference(assembly, new AssembliesFromBytes()).GetAnalyzers(LanguageNames.CSharp));
            var analysis = compilation.WithAnalyzers(rules[assembly], project.AnalyzerOptions);
            reports.AddRange((await analysis.GetAnalyzerDiagnosticsAsync()).Select(diagnostic => (project.Name, diagnostic)));
        }

        return reports;
    }

    private static ProjectInfo Describe(IBuiltSolution build, string project, Dictionary<string, ProjectId> ids)
    {
        var arguments = Arguments(build, project);
        var references = arguments.MetadataReferences.ToLookup(reference => ids.ContainsKey(ProjectOf(build, reference.Reference)));
        return ProjectInfo.Create(
                ids[project], VersionStamp.Default, project, arguments.CompilationName ?? project, LanguageNames.CSharp,
                compilationOptions: arguments.CompilationOptions.WithXmlReferenceResolver(null).WithSourceReferenceResolver(null),
                parseOptions: arguments.ParseOptions,
                documents: Documents(ids[project], arguments, arguments.SourceFiles.Select(file => file.Path)),
                projectReferences: references[true].Select(reference => new ProjectReference(ids[ProjectOf(build, reference.Reference)])),
                additionalDocuments: Documents(ids[project], arguments, arguments.AdditionalFiles.Select(file => file.Path)),
                metadataReferences: references[false].Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties)))
            .WithAnalyzerConfigDocuments(Documents(ids[project], arguments, arguments.AnalyzerConfigPaths));
    }

    /// <summary>The project whose assembly this is; a name that is none for the assemblies of others.</summary>
    private static string ProjectOf(IBuiltSolution build, string assembly) =>
        assembly.StartsWith(build.Folder, StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(assembly) : "";

    private static CSharpCommandLineArguments Arguments(IBuiltSolution build, string project) =>
        CSharpCommandLineParser.Default.Parse(build.CompilerArguments(project), Path.Combine(build.Folder, project), sdkDirectory: null);

    private static IEnumerable<DocumentInfo> Documents(ProjectId project, CSharpCommandLineArguments arguments, IEnumerable<string> files) =>
        from file in files
        let path = Path.GetFullPath(file, arguments.BaseDirectory!)
        let text = TextAndVersion.Create(SourceText.From(File.ReadAllText(path), Encoding.UTF8), VersionStamp.Default, path)
        select DocumentInfo.Create(DocumentId.CreateNewId(project), Path.GetFileName(path), loader: TextLoader.From(text), filePath: path);

    /// <summary>The assembly with the rules that the build of the project has used.</summary>
    private static string RulesAssemblyOf(IBuiltSolution build, string project) =>
        Arguments(build, project).AnalyzerReferences.Single(reference => Path.GetFileName(reference.FilePath) == RulesAssembly).FilePath;

    private static SolutionReport Report(SolutionBuild build, Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return new SolutionReport(build.Relative(place.Path), place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1, diagnostic.Id, diagnostic.GetMessage());
    }

    /// <summary>Loaded without holding the file, which is deleted with the package.</summary>
    private sealed class AssembliesFromBytes : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.Load(File.ReadAllBytes(fullPath));
    }
}
