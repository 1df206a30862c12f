using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Verification.SelfTests;

/// <summary>Gives the reported method another name.</summary>
public class RenamesBad : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds => [FlagsBad.Id];

    protected virtual string NewName => "Good";

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(CodeAction.Create("Rename", token => Rename(context.Document, [context.Span.Start], NewName, token), "Rename"), context.Diagnostics);
        return Task.CompletedTask;
    }

    protected static async Task<Document> Rename(Document document, IEnumerable<int> starts, string name, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        var tokens = starts.Select(start => root.FindToken(start)).ToList();
        return document.WithSyntaxRoot(root.ReplaceTokens(tokens, (token, _) => SyntaxFactory.Identifier(name).WithTriviaFrom(token)));
    }
}

/// <summary>Its result does not compile: the name is taken.</summary>
public sealed class RenamesToTakenName : RenamesBad
{
    protected override string NewName => "Taken";
}

/// <summary>Its Fix All does something else than its single fix.</summary>
public sealed class RenamesOtherwiseInFixAll : RenamesBad
{
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await Rename(document, diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan.Start), "Other", context.CancellationToken));
}
