using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>Every relative link in a page leads to a file or folder that exists.</summary>
public class DocumentationLinkTests
{
    public static TheoryData<string> Pages => new(
        new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "samples/README.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(TestReferences.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(TestReferences.RepositoryRoot, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void RelativeLinks_LeadSomewhere(string page)
    {
        var path = Path.Combine(TestReferences.RepositoryRoot, page);
        var broken = Regex.Matches(File.ReadAllText(path), @"\]\(([^)\s#]+)[^)]*\)")
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)));
        Assert.Empty(broken);
    }
}
