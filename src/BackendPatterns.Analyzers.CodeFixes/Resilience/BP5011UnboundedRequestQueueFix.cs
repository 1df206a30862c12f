using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Flow.Requests;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Fix of BP5011: the channel gets a capacity, and writers wait while it is full.</summary>
/// <remarks>
/// Offered where every write is seen to wait or to look at the answer: a dropped <c>TryWrite</c> would lose what does not fit
/// (https://learn.microsoft.com/dotnet/api/system.threading.channels.boundedchannelfullmode).
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5011UnboundedRequestQueueFix() : RuleFix(BP5011UnboundedRequestQueueAnalyzer.Id)
{
    private const string Capacity = "1_000";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax name } access } creation
            || name.Identifier.ValueText != "CreateUnbounded"
            || OptionsFor(creation.ArgumentList) is not { } options
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var model = BackendModel.For(compilation);
        if (model.SemanticModelOf(node.SyntaxTree)?.GetOperation(creation, cancellationToken) is not IInvocationOperation call
            || RequestChannel.Of(call, model) is not { Home: { } home }
            || !ChannelWriters.AllHeed(home, model, cancellationToken))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var bounded = creation
            .WithExpression(access.WithName(name.WithIdentifier(SyntaxFactory.Identifier("CreateBounded").WithTriviaFrom(name.Identifier))))
            .WithArgumentList(SyntaxFactory.ParseArgumentList($"({options})").WithTriviaFrom(creation.ArgumentList));
        var changed = document.WithSyntaxRoot(root.ReplaceNode(creation, bounded));
        return await IfItCompilesAsync(document, node, changed, "Create a bounded channel", nameof(BP5011UnboundedRequestQueueFix), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The options with a capacity, and what the options of the unbounded channel say besides; null where those are not written there.</summary>
    private static string? OptionsFor(ArgumentListSyntax arguments)
    {
        var qualifier = "";
        var said = "";
        if (arguments.Arguments is [{ Expression: var given }])
        {
            if (given is not BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: var initializer })
                return null;
            if (given is ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax { Left: var left } })
                qualifier = left + ".";
            foreach (var expression in initializer?.Expressions ?? [])
                said += ", " + expression.ToString();
        }
        else if (arguments.Arguments.Count > 0)
        {
            return null;
        }

        return $"new {qualifier}BoundedChannelOptions({Capacity}) {{ FullMode = {qualifier}BoundedChannelFullMode.Wait{said} }}";
    }
}
