using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BackendPatterns.RuleTool.Catalogue;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.RuleTool.Sample;

/// <summary>What the rules report in one project, also as text that survives an edit elsewhere in the file: no line numbers.</summary>
public sealed class SampleReports
{
    private const int LongestExcerpt = 100;

    private SampleReports(ImmutableArray<Diagnostic> diagnostics, string folder)
    {
        Diagnostics = diagnostics;
        Lines = [.. diagnostics.Select(diagnostic => Describe(diagnostic, folder)).OrderBy(line => line, StringComparer.Ordinal)];
    }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>One line per report, <c>BP1001 Folder/File.cs:Type.Member 'marked text'</c>, in ordinal order.</summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary>The golden file: the lines and a line feed after each.</summary>
    public string Text => string.Concat(Lines.Select(line => line + "\n"));

    /// <summary>Runs every rule over the project.</summary>
    /// <exception cref="ToolFailure">An analyzer threw.</exception>
    public static async Task<SampleReports> Of(Project project, ImmutableArray<RuleFacts> rules)
    {
        var folder = Path.GetDirectoryName(project.FilePath)!;
        if (rules.IsEmpty)
            return new SampleReports([], folder);
        var compilation = (await project.GetCompilationAsync())!;
        var diagnostics = await compilation
            .WithAnalyzers([.. rules.Select(rule => rule.Analyzer)], project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync();
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } crash)
            throw new ToolFailure($"An analyzer threw:\n{crash}");
        return new SampleReports([.. diagnostics.Where(diagnostic => rules.Any(rule => rule.Id == diagnostic.Id))], folder);
    }

    private static string Describe(Diagnostic diagnostic, string folder)
    {
        var tree = diagnostic.Location.SourceTree ?? throw new ToolFailure($"A report without a place: {diagnostic}");
        var path = Path.GetRelativePath(folder, tree.FilePath).Replace('\\', '/');
        var text = Regex.Replace(tree.GetText().ToString(diagnostic.Location.SourceSpan), @"\s+", " ");
        if (text.Length > LongestExcerpt)
            text = text[..LongestExcerpt] + "…";
        return $"{diagnostic.Id} {path}:{MemberAt(tree, diagnostic.Location.SourceSpan)} '{text}'";
    }

    private static string MemberAt(SyntaxTree tree, TextSpan span)
    {
        var names = tree.GetRoot().FindNode(span).AncestorsAndSelf().Select(NameOf).OfType<string>().Reverse().ToList();
        return names.Count == 0 ? "(top level)" : string.Join('.', names);
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        ConstructorDeclarationSyntax => "ctor",
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.Text,
        _ => null,
    };
}
