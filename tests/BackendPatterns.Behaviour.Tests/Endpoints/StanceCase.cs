using BackendPatterns.Behaviour.Tests.Catalogue;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>One case of <c>docs/cases/endpoint-stances.md</c>: an application that is compiled, analysed and asked.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Verdict">What the model says about the endpoint: <c>authorized</c>, <c>anonymous</c>, <c>open</c>, <c>unknown</c>, <c>unlisted</c>.</param>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">Its path.</param>
/// <param name="Anonymous">The status that somebody gets who has not signed in.</param>
/// <param name="SignedIn">The status that a signed-in user gets.</param>
/// <param name="Reason">The text below the heading.</param>
/// <param name="Program">The source of the application without its Razor pages.</param>
/// <param name="Pages">Its Razor pages.</param>
public sealed partial record StanceCase(string Name, string Verdict, string Method, string Path, int Anonymous, int SignedIn, string Reason, string Program, PageFiles Pages)
{
    private const string Opening = "```csharp app ";
    private const string HostOpening = "```csharp host";
    private const string Heading = "### ";
    private const string ServicesPlace = "// services of the case";
    private const string EndpointsPlace = "// endpoints of the case";

    /// <summary>All cases of the page.</summary>
    public static IEnumerable<StanceCase> All()
    {
        var file = System.IO.Path.Combine(CatalogueCase.Folder, "endpoint-stances.md");
        var lines = File.ReadAllLines(file);
        var (name, reason, host) = ("", "", "");
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith(Heading, StringComparison.Ordinal))
                (name, reason) = (lines[at][Heading.Length..], lines[at + 2].StartsWith('`') ? "" : lines[at + 2]);
            if (!lines[at].StartsWith("```csharp", StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, "```", at);
            var (code, pages) = Split(string.Join('\n', lines[(at + 1)..end]) + "\n");
            if (lines[at] == HostOpening)
                host = code;
            else if (lines[at].StartsWith(Opening, StringComparison.Ordinal) && lines[at][Opening.Length..].Split(' ') is [var verdict, var method, var path, var anonymous, var signedIn])
                yield return new StanceCase(name, verdict, method, path, int.Parse(anonymous), int.Parse(signedIn), reason, ProgramOf(code, host), pages);
            else
                throw new FormatException($"{file}({at + 1}): a case opens with {Opening}<verdict> <method> <path> <status of the anonymous request> <status of the other>.");
            at = end;
        }
    }

    /// <summary>A comment with the path of a page begins another file.</summary>
    private static (string Program, PageFiles Pages) Split(string code)
    {
        var files = PageComment().Split(code);
        var pages = new PageFiles();
        for (var at = 1; at < files.Length; at += 2)
            pages.Add(files[at], files[at + 1]);
        return (files[0], pages);
    }

    /// <summary>Puts the statements of a case into the host, unless it builds an application itself.</summary>
    private static string ProgramOf(string code, string host)
    {
        if (code.Contains("WebApplication.CreateBuilder", StringComparison.Ordinal) || code.Contains("static void Main", StringComparison.Ordinal))
            return code;
        var unit = CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot();
        var statements = unit.Members.OfType<GlobalStatementSyntax>().ToList();
        var services = statements.Where(Registers).Select(statement => statement.ToFullString());
        var endpoints = statements.Where(statement => !Registers(statement)).Select(statement => statement.ToFullString());
        var types = unit.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString());
        return unit.AttributeLists.ToFullString()
            + host.Replace(ServicesPlace, string.Concat(services), StringComparison.Ordinal).Replace(EndpointsPlace, string.Concat(endpoints), StringComparison.Ordinal)
            + "\n" + string.Concat(types);
    }

    [GeneratedRegex(@"^// (Pages/\S+)\n", RegexOptions.Multiline)]
    private static partial Regex PageComment();

    private static bool Registers(GlobalStatementSyntax statement) => statement.ToString().Contains("builder.Services", StringComparison.Ordinal);
}
