using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>
/// The Razor pages of an application: the code beside the markup, the markup for the analyzer, and the class that the Razor compiler makes of it. That class is
/// written here, as the compiler writes it for a page without content: it has the attributes of the markup and says which model the page has.
/// </summary>
public sealed partial class PageFiles
{
    private const string CodeEnding = ".cs";

    private readonly List<(string Path, string Text)> _code = [];
    private readonly List<(string Path, string Text)> _markup = [];

    /// <summary>The code of the models, by paths such as <c>/src/Pages/Orders.cshtml.cs</c>, and the compiled markup.</summary>
    public IEnumerable<(string Path, string Text)> Code => _code.Concat(_markup.Select(file => (file.Path + ".g.cs", Compiled(file.Path, file.Text))));

    /// <summary>The markup, as the Razor SDK gives it to analyzers.</summary>
    public IEnumerable<AdditionalText> Markup => _markup.Select(file => new MarkupText(file.Path, file.Text));

    /// <summary>Takes one file; a page whose markup is not among the files has one that says nothing.</summary>
    /// <param name="path">The path below the project.</param>
    /// <param name="text">Its code, or its markup as comment lines.</param>
    public void Add(string path, string text)
    {
        if (path.EndsWith(CodeEnding, StringComparison.Ordinal))
        {
            _code.Add(("/src/" + path, text));
            _markup.Add(("/src/" + path[..^CodeEnding.Length], $"@page\n@model {ModelName().Match(text).Groups[1].Value}\n"));
        }
        else
        {
            var at = _markup.FindIndex(file => file.Path == "/src/" + path);
            _markup[at] = (_markup[at].Path, _markup[at].Text + text.Replace("// ", "", StringComparison.Ordinal));
        }
    }

    private static string Compiled(string path, string markup)
    {
        var (name, model) = (Path.GetFileNameWithoutExtension(path), MarkupModel().Match(markup).Groups[1].Value);
        return $$"""
            using Microsoft.AspNetCore.Mvc.ViewFeatures;

            [assembly: Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItem(typeof(AspNetCoreGeneratedDocument.Pages_{{name}}), "mvc.1.0.razor-page", "{{path["/src".Length..]}}")]

            namespace AspNetCoreGeneratedDocument
            {
                {{string.Join('\n', MarkupAttribute().Matches(markup).Select(match => match.Groups[1].Value))}}
                internal sealed class Pages_{{name}} : Microsoft.AspNetCore.Mvc.RazorPages.Page
                {
                    public new ViewDataDictionary<{{model}}> ViewData => (ViewDataDictionary<{{model}}>)PageContext.ViewData;

                    public {{model}} Model => ViewData.Model;

                    public override Task ExecuteAsync() => Task.CompletedTask;
                }
            }
            """;
    }

    [GeneratedRegex(@"class (\w+Model)")]
    private static partial Regex ModelName();

    [GeneratedRegex(@"@model (\w+)")]
    private static partial Regex MarkupModel();

    [GeneratedRegex(@"@attribute (.+)")]
    private static partial Regex MarkupAttribute();

    private sealed class MarkupText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
