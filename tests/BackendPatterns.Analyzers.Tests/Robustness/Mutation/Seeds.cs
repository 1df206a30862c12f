using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>All sources of the repository that speak about backends: the sample, the valid code, the blocks of the rule pages, and the scenarios in the tests of the rules and of the model.</summary>
internal static partial class Seeds
{
    private const string TestFolder = "tests/BackendPatterns.Analyzers.Tests";

    // Shorter than a class with a member: a name, a message, an option.
    private const int ShortestScenario = 40;

    private static readonly Lazy<ImmutableDictionary<Origin, ImmutableArray<Seed>>> All = new(() => ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create(Origin.Sample, Folder(Origin.Sample, "samples/Markets.Api")),
        KeyValuePair.Create(Origin.ValidCode, Folder(Origin.ValidCode, "tests/ValidCode")),
        KeyValuePair.Create(Origin.Page, Pages()),
        KeyValuePair.Create(Origin.Test, Scenarios()),
    ]));

    /// <summary>The seeds of an origin, always in the same order.</summary>
    public static ImmutableArray<Seed> Of(Origin origin) => All.Value[origin];

    private static ImmutableArray<Seed> Folder(Origin origin, string folder) => [.. SourceFolder.Read(folder).Files.Select(file => new Seed(origin, file.Path, file.Text))];

    private static ImmutableArray<Seed> Pages() =>
    [
        .. from analyzer in AllRules.Analyzers
           let id = analyzer.Rule.Id
           where File.Exists(Path.Combine(TestReferences.RepositoryRoot, "docs", "rules", id + ".md"))
           from block in RulePage.Of(id).Blocks
           select new Seed(Origin.Page, $"{id}.md:{block.Line.ToString(CultureInfo.InvariantCulture)}", block.Code),
    ];

    /// <summary>The raw strings in the tests that look like C#.</summary>
    private static ImmutableArray<Seed> Scenarios() =>
    [
        .. from file in SourceFolder.Read(TestFolder).Files
           let root = SourceFolder.Parse(file.Text, file.Path).GetRoot()
           from expression in root.DescendantNodes().OfType<ExpressionSyntax>()
           let text = TextOf(expression)
           where text is not null && text.Length >= ShortestScenario && text.Contains('{', StringComparison.Ordinal) && text.Contains(';', StringComparison.Ordinal)
           let line = expression.GetLocation().GetLineSpan().StartLinePosition.Line + 1
           select new Seed(Origin.Test, $"{file.Path}:{line.ToString(CultureInfo.InvariantCulture)}", InType(Markup().Replace(text, ""))),
    ];

    // Where a test fills in a text, an expression stands.
    private static string? TextOf(ExpressionSyntax expression)
    {
        if (expression is LiteralExpressionSyntax { Token: { RawKind: (int)SyntaxKind.MultiLineRawStringLiteralToken } token })
            return token.ValueText;
        if (expression is not InterpolatedStringExpressionSyntax { StringStartToken.RawKind: (int)SyntaxKind.InterpolatedMultiLineRawStringStartToken } interpolated)
            return null;
        var text = new StringBuilder();
        foreach (var part in interpolated.Contents)
            text.Append(part is InterpolatedStringTextSyntax literal ? literal.TextToken.ValueText : "db.Orders.ToList()");
        return text.ToString();
    }

    // A test that puts members into a class of its own has only the members in its text.
    private static string InType(string text)
    {
        var members = SourceFolder.Parse(text, "").GetRoot().ChildNodes().OfType<GlobalStatementSyntax>();
        return members.Any(member => member.Statement is LocalFunctionStatementSyntax { Modifiers: [{ RawKind: (int)SyntaxKind.PublicKeyword or (int)SyntaxKind.PrivateKeyword }, ..] })
            ? $"public class Scenario(ShopContext db)\n{{\n{text}\n}}\n"
            : text;
    }

    [GeneratedRegex(@"\[\||\|\]|\{\|(#\d+|[A-Z]+\d+):|\|\}")]
    private static partial Regex Markup();
}
