using BackendPatterns.Analyzers.Tests.Verification;
using YamlDotNet.RepresentationModel;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>The files below <c>docs/ci</c> that users copy: they parse, and have what the services ask for.</summary>
public class ContinuousIntegrationExampleTests
{
    private const string Filter = "--from-file build/code-scanning.jq artifacts/sarif/*.sarif";

    [Fact]
    public void GitHubWorkflow_BuildsMergesAndUploads()
    {
        var workflow = Read("github-code-scanning.yml");
        Assert.Contains("push", Keys(workflow["on"]));
        var job = Assert.Single(((YamlMappingNode)workflow["jobs"]).Children).Value;
        Assert.Equal("write", Text(job["permissions"]["security-events"]));
        Assert.Equal("read", Text(job["permissions"]["contents"]));
        var steps = ((YamlSequenceNode)job["steps"]).Children;
        Assert.Contains(steps, step => TextOf(step, "run").Contains("dotnet build --no-incremental \"-p:SarifFolder=$GITHUB_WORKSPACE/artifacts/sarif\"", StringComparison.Ordinal));
        var merge = Assert.Single(steps, step => TextOf(step, "run").Contains(Filter, StringComparison.Ordinal));
        var upload = Assert.Single(steps, step => TextOf(step, "uses").StartsWith("github/codeql-action/upload-sarif@v", StringComparison.Ordinal));
        Assert.EndsWith("> " + Text(upload["with"]["sarif_file"]), TextOf(merge, "run"), StringComparison.Ordinal);
        Assert.Contains($"--arg category {Text(upload["with"]["category"])} ", TextOf(merge, "run"), StringComparison.Ordinal);
        // A build with errors has reports too.
        Assert.All([merge, upload], step => Assert.Contains("success() || failure()", TextOf(step, "if"), StringComparison.Ordinal));
    }

    [Fact]
    public void AzurePipeline_BuildsMergesAndPublishes()
    {
        var pipeline = Read("azure-pipelines.yml");
        var steps = ((YamlSequenceNode)pipeline["steps"]).Children;
        Assert.Contains(steps, step => TextOf(step, "script").Contains("dotnet build --no-incremental \"-p:SarifFolder=$(Build.SourcesDirectory)/artifacts/sarif\"", StringComparison.Ordinal));
        Assert.Single(steps, step => TextOf(step, "script").Contains(Filter, StringComparison.Ordinal));
        var tab = Assert.Single(steps, step => TextOf(step, "task") == "PublishBuildArtifacts@1");
        Assert.Equal("CodeAnalysisLogs", Text(tab["inputs"]["ArtifactName"]));
        var alerts = Assert.Single(steps, step => TextOf(step, "task") == "AdvancedSecurity-Publish@1");
        Assert.EndsWith("/" + Text(tab["inputs"]["PathtoPublish"]), Text(alerts["inputs"]["SarifsInputDirectory"]), StringComparison.Ordinal);
        Assert.All([tab, alerts], step => Assert.Equal("succeededOrFailed()", TextOf(step, "condition")));
    }

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(TestReferences.RepositoryRoot, "docs", "ci", file));
        stream.Load(reader);
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static IEnumerable<string> Keys(YamlNode mapping) => ((YamlMappingNode)mapping).Children.Keys.Select(Text);

    private static string TextOf(YamlNode step, string key) => ((YamlMappingNode)step).Children.TryGetValue(new YamlScalarNode(key), out var value) ? Text(value) : "";

    private static string Text(YamlNode scalar) => ((YamlScalarNode)scalar).Value!;
}
