using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Markets.Api.Tests.FixAll;

/// <summary>The sources of <c>samples/Markets.Api</c> as a project of a workspace.</summary>
public static class SampleProject
{
    /// <summary>What the SDK writes into a web project with implicit usings.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    public static Project Open(AdhocWorkspace workspace, string assemblyName)
    {
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, assemblyName, assemblyName, LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions(SwitchedOn()),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: References()));
        solution = Add(solution, id, "obj/ImplicitUsings.cs", ImplicitUsings);
        foreach (var (path, text) in RepositoryFiles.SourcesOf("Markets.Api", ".cs").OrderBy(file => file.Key, StringComparer.Ordinal))
            solution = Add(solution, id, path, text);
        foreach (var (path, text) in RepositoryFiles.SourcesOf("Markets.Api", ".editorconfig"))
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), path, SourceText.From(text, System.Text.Encoding.UTF8), filePath: "/" + path);
        return solution.GetProject(id)!;
    }

    /// <summary>The <c>.editorconfig</c> of the samples switches on what is off by default.</summary>
    private static IEnumerable<KeyValuePair<string, ReportDiagnostic>> SwitchedOn() =>
        from rule in FixAllRun.Rules.SelectMany(analyzer => analyzer.SupportedDiagnostics)
        where !rule.IsEnabledByDefault
        select KeyValuePair.Create(rule.Id, ReportDiagnostic.Info);

    private static Solution Add(Solution solution, ProjectId project, string path, string text) =>
        solution.AddDocument(DocumentId.CreateNewId(project), Path.GetFileName(path), SourceText.From(text, System.Text.Encoding.UTF8), filePath: "/" + path);

    private static readonly string[] NotTheSamples = ["Markets.Api", "xunit", "Microsoft.VisualStudio.TestPlatform", "Microsoft.TestPlatform"];

    /// <summary>The assemblies that this test process runs on, without the applications themselves and the test framework: with that it would be a test project.</summary>
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !NotTheSamples.Any(prefix => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path));
}
