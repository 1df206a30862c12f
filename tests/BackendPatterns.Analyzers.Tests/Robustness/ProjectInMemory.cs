using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Repository;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>A project as an editor has it, with every rule switched on.</summary>
internal static class ProjectInMemory
{
    private const string ConfigurationFile = "/.globalconfig";

    // A rule that speaks only where an option asks it to is asked.
    private const string Options = """
        is_global = true
        backend_patterns.layers = ValidCode.Layers.Web > ValidCode.Layers.Application > ValidCode.Layers.Domain, Markets.Api.Controllers > Markets.Api.Services > Markets.Api.Data, App > Shop
        """;

    /// <summary>Returns a project that is compiled already, so that documents which replace some of its files share the rest.</summary>
    public static Project Of(ImmutableArray<(string Path, string Text)> files, IEnumerable<MetadataReference> references, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        var id = ProjectId.CreateNewId();
        var switchedOn = AllRules.Analyzers.Where(rule => !rule.Rule.IsEnabledByDefault).ToDictionary(rule => rule.Rule.Id, _ => ReportDiagnostic.Info);
        var project = new AdhocWorkspace().AddProject(
            ProjectInfo.Create(
                    id, VersionStamp.Default, "Test", "Test", LanguageNames.CSharp,
                    compilationOptions: new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable).WithSpecificDiagnosticOptions(switchedOn),
                    parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
                    documents: files.Select(file => Document(id, file.Path, file.Text)),
                    metadataReferences: references)
                .WithAnalyzerConfigDocuments([Document(id, ConfigurationFile, Options)]));
        project.GetCompilationAsync().GetAwaiter().GetResult();
        return project;
    }

    private static DocumentInfo Document(ProjectId project, string path, string text) =>
        DocumentInfo.Create(DocumentId.CreateNewId(project), path, loader: TextLoader.From(TextAndVersion.Create(SourceText.From(text), VersionStamp.Default, path)), filePath: path);
}
