using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The C# files below a folder of the repository, compiled in memory as a web project against the libraries the rules know.</summary>
internal sealed class SourceFolder
{
    // What the web SDK adds to a project with implicit usings.
    public const string ImplicitUsings = """
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

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);
    private static readonly string[] LeftOut = ["bin", "obj"];

    private SourceFolder(ImmutableArray<(string Path, string Text)> files) => Files = files;

    public ImmutableArray<(string Path, string Text)> Files { get; }

    /// <summary>The files below <paramref name="folder"/>, named by their paths in it.</summary>
    public static SourceFolder Read(string folder)
    {
        var root = Path.Combine(TestReferences.RepositoryRoot, folder);
        return new SourceFolder(
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(path => (Path: Path.GetRelativePath(root, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
                .Where(file => !LeftOut.Contains(file.Path.Split('/')[0]))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ]);
    }

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    public CSharpCompilation Compile(IEnumerable<MetadataReference>? references = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        CSharpCompilation.Create(
            "Folder",
            Files.Select(file => Parse(file.Text, file.Path)).Append(Parse(ImplicitUsings, "ImplicitUsings.cs")),
            references ?? TestReferences.All,
            new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable));
}
