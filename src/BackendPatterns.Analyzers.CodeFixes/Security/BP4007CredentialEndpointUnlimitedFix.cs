using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Registrations;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4007: requires the limiter policy of the application, where it has exactly one: which of several fits is for a person to say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4007CredentialEndpointUnlimitedFix() : RuleFix(BP4007CredentialEndpointUnlimitedAnalyzer.Id)
{
    private const string Key = "RequireRateLimiting";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || BackendModel.For(semantics.Compilation).Registrations.Of(NameKind.RateLimiterPolicy) is not { IsComplete: true, Names: [var policy] }
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var (title, changed) = node switch
        {
            MethodDeclarationSyntax action => ($"Add [EnableRateLimiting(\"{policy}\")]", OnAction(action, policy, root, semantics)),
            SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } } =>
                ($"Add .RequireRateLimiting(\"{policy}\")", OnMapping(FluentChain.EndOf(call), policy, root)),
            _ => ("", null),
        };
        if (changed is null)
            return ImmutableArray<Remedy>.Empty;
        var after = document.WithSyntaxRoot(changed);
        return await IfItCompilesAsync(document, node, after, title, Key, cancellationToken).ConfigureAwait(false);
    }

    private static CompilationUnitSyntax OnAction(MethodDeclarationSyntax action, string policy, CompilationUnitSyntax root, SemanticModel semantics)
    {
        var import = AttributeImport.Of("Microsoft.AspNetCore.RateLimiting", "EnableRateLimiting", semantics, action.SpanStart);
        var attribute = SyntaxFactory.Attribute(import.Name, SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(Text(policy)))));
        return import.AddTo(root.ReplaceNode(action, AddedAttribute.On(action, attribute, LineBreaks.In(root))));
    }

    private static CompilationUnitSyntax OnMapping(InvocationExpressionSyntax chain, string policy, CompilationUnitSyntax root)
    {
        var appended = FluentChain.Append(chain, "RequireRateLimiting", LineBreaks.In(root));
        var arguments = SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(Text(policy))));
        return root.ReplaceNode(chain, appended.WithArgumentList(arguments.WithTrailingTrivia(appended.GetTrailingTrivia())));
    }

    private static LiteralExpressionSyntax Text(string value) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
