using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.RuleTool.Scaffold;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>A rule that the rule tool scaffolds compiles, and the tests that come with it pass.</summary>
public class ScaffoldTests
{
    // The SDK silences it in every project: a reference is to an older version of an assembly than the one at hand.
    private const string AssumedReference = "CS1701";

    private static readonly string[] SourceFiles = [Templates.Analyzer, Templates.Fix, Templates.Tests];

    [Fact]
    public async Task ScaffoldedRule_CompilesAndItsTestsPass()
    {
        var tests = Load().GetType("BackendPatterns.Analyzers.Tests.Rules.Caching.BP6999ExampleTests", throwOnError: true)!;
        var facts = tests.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).ToList();
        Assert.NotEmpty(facts);
        foreach (var fact in facts)
            await (Task)fact.Invoke(Activator.CreateInstance(tests), null)!;
    }

    [Fact]
    public void ScaffoldedTests_HaveAsManySilentAsReported()
    {
        var text = Templates.Tests;
        Assert.True(Count("_IsSilent") + Count("_AreSilent") >= Count("_IsReported") + Count("_IsFixed") - 1);

        int Count(string part) => text.Split(part).Length - 1;
    }

    private static Assembly Load()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));
        var sources = SourceFiles.Select(Fill).Append("""
            global using System;
            global using System.Collections.Generic;
            global using System.Linq;
            global using System.Threading;
            global using System.Threading.Tasks;
            global using Xunit;
            """);
        var compilation = CSharpCompilation.Create(
            "Scaffolded", sources.Select((source, index) => SourceFolder.Parse(source, $"File{index}.cs")), platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != AssumedReference));
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly);
    }

    private static string Fill(string template) => Templates.Fill(template, "BP6999", "Example", "Caching");
}
