using BackendPatterns.Behaviour.Tests.Catalogue;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>One case of <c>docs/cases/pipeline-orders.md</c>: an application that is compiled, analysed and asked.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Verdict">The rule that reports it, or <c>silent</c>.</param>
/// <param name="Requests">What is asked, and the answers that the page states.</param>
/// <param name="Reason">The sentence below the heading: why it is silent although its answers are wrong.</param>
/// <param name="Program">The source of the application.</param>
/// <param name="Reference">The source of the same application with its pipeline in the right order.</param>
/// <param name="Shop">The source of what all cases share.</param>
public sealed record PipelineCase(string Name, string Verdict, IReadOnlyList<PipelineRequest> Requests, string Reason, string Program, string Reference, string Shop)
{
    private const string Opening = "```csharp app ";
    private const string HostOpening = "```csharp host";
    private const string Heading = "### ";
    private const string Usings = """
        global using System.Security.Claims;
        global using System.Threading.RateLimiting;
        global using Microsoft.AspNetCore.Authentication.Cookies;
        global using Microsoft.AspNetCore.OutputCaching;
        global using Microsoft.AspNetCore.RateLimiting;

        """;

    private const string RightOrder = """
        app.UseExceptionHandler();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseSession();
        app.UseOutputCache();
        app.UseResponseCaching();

        """;

    /// <summary>All cases of the page.</summary>
    public static IEnumerable<PipelineCase> All()
    {
        var file = Path.Combine(CatalogueCase.Folder, "pipeline-orders.md");
        var lines = File.ReadAllLines(file);
        var (name, reason, shop) = ("", "", "");
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith(Heading, StringComparison.Ordinal))
                (name, reason) = (lines[at][Heading.Length..], lines[at + 2].StartsWith('`') ? "" : lines[at + 2]);
            if (!lines[at].StartsWith("```csharp", StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, "```", at);
            var code = string.Join('\n', lines[(at + 1)..end]) + "\n";
            if (lines[at] == HostOpening)
                shop = Usings + code;
            else if (lines[at].StartsWith(Opening, StringComparison.Ordinal) && lines[at][Opening.Length..].Split(' ', 2) is [var verdict, var requests])
                yield return new PipelineCase(name, verdict, [.. requests.Split("; ").Select(PipelineRequest.Parse)], reason, ProgramOf(code, inRightOrder: false), ProgramOf(code, inRightOrder: true), shop);
            else
                throw new FormatException($"{file}({at + 1}): a case opens with {Opening}<verdict> <request> → <answer>[, not <answer>]; …");
            at = end;
        }
    }

    private static string ProgramOf(string code, bool inRightOrder)
    {
        var unit = CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot();
        var statements = unit.Members.OfType<GlobalStatementSyntax>().ToList();
        if (statements.Count == 0 && !inRightOrder)
            return code;
        var types = unit.Members.Where(member => member is not (GlobalStatementSyntax or ClassDeclarationSyntax { Identifier.ValueText: "Program" or "Startup" }));
        return $$"""
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddShop();
            {{Text(statements.Where(IsOfBuilder))}}
            var app = builder.Build();
            {{(inRightOrder ? RightOrder + Endpoints(statements) : Text(statements.Where(statement => !IsOfBuilder(statement))))}}
            app.MapShop();
            app.Run();

            {{Text(types)}}
            """;
    }

    /// <summary>The endpoints that a case maps itself, also those within <c>UseEndpoints</c>.</summary>
    private static string Endpoints(IEnumerable<GlobalStatementSyntax> statements)
    {
        var calls = statements.Where(statement => !IsOfBuilder(statement)).Select(statement => statement.ToString()).Where(text => text.Contains(".MapGet(", StringComparison.Ordinal));
        return string.Concat(calls.Select(text => text.StartsWith("app.UseEndpoints(", StringComparison.Ordinal)
            ? $"((Action<IEndpointRouteBuilder>)({text["app.UseEndpoints(".Length..^");".Length]}))(app);\n"
            : text + "\n"));
    }

    private static bool IsOfBuilder(GlobalStatementSyntax statement) => statement.ToString().StartsWith("builder.", StringComparison.Ordinal);

    private static string Text(IEnumerable<MemberDeclarationSyntax> members) => string.Concat(members.Select(member => member.ToFullString()));
}
