using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.RuleTool.Sample;

/// <summary>
/// Opens a project as its build compiles it: MSBuild is asked for the arguments of the compiler and stops there, and a workspace is filled from them.
/// So generators, implicit usings, reference packs and <c>.editorconfig</c> files are those of a real build, and nothing is written to its output.
/// </summary>
public static class ProjectLoader
{
    private const string OwnAssemblies = "BackendPatterns.Analyzers";

    /// <exception cref="ToolFailure">The project does not exist, does not restore, or does not compile.</exception>
    public static Project Open(string projectFile)
    {
        if (!File.Exists(projectFile))
            throw new ToolFailure($"There is no project '{projectFile}'.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(projectFile))!;
        var arguments = CSharpCommandLineParser.Default.Parse(CompilerArguments(folder, projectFile), folder, sdkDirectory: null);
        var project = new AdhocWorkspace().CurrentSolution.AddProject(Describe(projectFile, arguments)).Projects.Single();
        var errors = project.GetCompilationAsync().GetAwaiter().GetResult()!.GetDiagnostics().Where(IsCompilerError).ToList();
        return errors.Count == 0
            ? project
            : throw new ToolFailure($"'{projectFile}' does not compile:\n{string.Join('\n', errors.Take(20))}");
    }

    /// <summary>True for an error of the language, false for a warning that the build merely treats as one.</summary>
    public static bool IsCompilerError(Diagnostic diagnostic) => diagnostic is { Severity: DiagnosticSeverity.Error, IsWarningAsError: false };

    private static string[] CompilerArguments(string folder, string projectFile)
    {
        var output = BuildProcess.Run(
            folder, "msbuild", Path.GetFileName(projectFile), "-nologo", "-restore", "-t:Compile", "-getItem:CscCommandLineArgs",
            "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false",
            // An output that never exists: the compile target is not skipped as up to date.
            "-p:NonExistentFile=__none__/__none__");
        var start = output.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
            throw new ToolFailure($"MSBuild did not name the compiler arguments of '{projectFile}':\n{output}");
        using var json = JsonDocument.Parse(output[start..]);
        return [.. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }

    private static ProjectInfo Describe(string projectFile, CSharpCommandLineArguments arguments)
    {
        var id = ProjectId.CreateNewId();
        var loader = new AssembliesByPath();
        return ProjectInfo.Create(
                id, VersionStamp.Default, Path.GetFileNameWithoutExtension(projectFile), arguments.CompilationName ?? Path.GetFileNameWithoutExtension(projectFile),
                LanguageNames.CSharp, Path.GetFullPath(projectFile), outputFilePath: null,
                arguments.CompilationOptions.WithXmlReferenceResolver(null).WithSourceReferenceResolver(null),
                arguments.ParseOptions,
                Documents(id, arguments, arguments.SourceFiles.Select(file => file.Path)),
                projectReferences: null,
                arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties)),
                // The rules of this repository run from this process; only the generators of the SDK and of packages come from the build.
                arguments.AnalyzerReferences
                    .Where(reference => !Path.GetFileName(reference.FilePath).StartsWith(OwnAssemblies, StringComparison.OrdinalIgnoreCase))
                    .Select(reference => new AnalyzerFileReference(Path.GetFullPath(reference.FilePath, arguments.BaseDirectory!), loader)),
                Documents(id, arguments, arguments.AdditionalFiles.Select(file => file.Path)))
            .WithAnalyzerConfigDocuments(Documents(id, arguments, arguments.AnalyzerConfigPaths));
    }

    private static IEnumerable<DocumentInfo> Documents(ProjectId project, CSharpCommandLineArguments arguments, IEnumerable<string> files) =>
        from file in files
        let path = Path.GetFullPath(file, arguments.BaseDirectory!)
        where File.Exists(path)
        let text = TextAndVersion.Create(SourceText.From(File.ReadAllText(path), Encoding.UTF8), VersionStamp.Default, path)
        select DocumentInfo.Create(DocumentId.CreateNewId(project), Path.GetFileName(path), loader: TextLoader.From(text), filePath: path);

    private sealed class AssembliesByPath : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
