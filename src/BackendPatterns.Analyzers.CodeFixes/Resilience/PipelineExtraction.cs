using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Replaces a retry whose loop does nothing but try and wait by a Polly pipeline in a static field. The body of the <c>try</c> becomes the
/// callback, so it may write nothing outside itself and leave in one place only.
/// </summary>
internal static class PipelineExtraction
{
    /// <summary>
    /// Returns the file with the pipeline, or null where Polly 8 is not referenced or the loop does more than try and wait.
    /// </summary>
    public static SyntaxNode? ApplyTo(SyntaxNode root, RetryShape shape, SemanticModel semantics)
    {
        if (semantics.Compilation.GetTypeByMetadataName("Polly.Retry.RetryStrategyOptions") is null || semantics.Compilation.GetTypeByMetadataName("Polly.ResiliencePipelineBuilder") is null)
            return null;
        if (shape is not { Try: { Finally: null } attempt, Catch: { Filter: null } handler, IsAsync: true } || !IsEndless(shape.Loop) || !OnlyWaits(shape, attempt, handler))
            return null;
        if (shape.Function.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type is InterfaceDeclarationSyntax or StructDeclarationSyntax || type.TypeParameterList is not null)
            return null;
        if (Callback(attempt.Block, semantics) is not { } callback)
            return null;

        var name = FreshNames.InType(type).Take("RetryPipeline");
        var returns = attempt.Block.Statements.Last() is ReturnStatementSyntax { Expression: not null };
        var call = Call(name, callback, shape.Token, returns).WithLeadingTrivia(shape.Loop.GetLeadingTrivia()).WithTrailingTrivia(shape.Loop.GetTrailingTrivia());
        var isLast = attempt.Block.Statements.Last() is ReturnStatementSyntax { Expression: null };
        var statements = new List<StatementSyntax> { call };
        if (isLast)
            statements.Add(ReturnStatement().WithAdditionalAnnotations(Formatter.Annotation));
        var field = Field(name, shape, semantics);
        var block = (BlockSyntax)shape.Loop.Parent!;
        var changed = type.ReplaceNode(block, block.WithStatements(block.Statements.ReplaceRange(shape.Loop, statements)));
        changed = changed.WithMembers(changed.Members.Insert(0, field));
        // The builder's `AddRetry` is an extension method.
        return UsingDirectives.AddMissing(
            root.ReplaceNode(type, changed), semantics, type.SpanStart, ("Polly", "RetryResiliencePipelineBuilderExtensions"));
    }

    private static bool IsEndless(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
        ForStatementSyntax statement => statement is { Condition: null, Declaration: null, Initializers.Count: 0, Incrementors.Count: 0 },
        DoStatementSyntax statement => statement.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
        _ => false,
    };

    private static bool OnlyWaits(RetryShape shape, TryStatementSyntax attempt, CatchClauseSyntax handler)
    {
        foreach (var statement in shape.Body.Statements)
        {
            if (statement != attempt && statement != shape.Wait)
                return false;
        }

        foreach (var statement in handler.Block.Statements)
        {
            if (statement != shape.Wait && statement is not ContinueStatementSyntax)
                return false;
        }

        return true;
    }

    /// <summary>
    /// The statements of the <c>try</c> as the body of a lambda, or null where they leave in several places or write to what is outside.
    /// </summary>
    private static BlockSyntax? Callback(BlockSyntax block, SemanticModel semantics)
    {
        if (block.Statements.LastOrDefault() is not { } last || last is not (ReturnStatementSyntax or BreakStatementSyntax))
            return null;
        if (semantics.AnalyzeControlFlow(block) is not { Succeeded: true } control || control.ExitPoints.Any(exit => exit != last) || control.ReturnStatements.Any(exit => exit != last))
            return null;
        if (semantics.AnalyzeDataFlow(block) is not { Succeeded: true } data || data.WrittenInside.Except(data.VariablesDeclared, SymbolEqualityComparer.Default).Any())
            return null;
        if (data.ReadInside.Any(symbol => symbol is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { IsRef: true }) || block.DescendantNodes().Any(node => node is YieldStatementSyntax))
            return null;
        return last is ReturnStatementSyntax { Expression: not null }
            ? block
            : block.WithStatements(block.Statements.RemoveAt(block.Statements.Count - 1));
    }

    private static StatementSyntax Call(string pipeline, BlockSyntax callback, string? token, bool returns)
    {
        var parameter = token is null ? "_" : "token";
        if (token is not null)
        {
            callback = callback.ReplaceNodes(
                callback.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == token && name.Parent is ArgumentSyntax),
                (_, name) => name.WithIdentifier(Identifier("token").WithTriviaFrom(name.Identifier)));
        }

        var arguments = token is null ? "" : ", " + token;
        var body = callback.Statements is [ReturnStatementSyntax { Expression: { } value }] && !value.ToString().Contains('\n') ? value.WithoutTrivia().ToFullString()
            : callback.Statements is [ExpressionStatementSyntax { Expression: { } expression }] && !expression.ToString().Contains('\n') ? expression.WithoutTrivia().ToFullString()
            : callback.WithoutTrivia().ToFullString();
        return ParseStatement($"{(returns ? "return " : "")}await {pipeline}.ExecuteAsync(async {parameter} => {body}{arguments});").WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static MemberDeclarationSyntax Field(string name, RetryShape shape, SemanticModel semantics)
    {
        var handler = shape.Catch!;
        var type = handler.Declaration is null ? null : semantics.GetTypeInfo(handler.Declaration.Type).Type;
        var handled = type is null or { Name: "Exception" }
            ? "Handle<global::System.Exception>(ex => ex is not global::System.OperationCanceledException)"
            : $"Handle<{type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>()";
        var newLine = LineBreaks.In(shape.Loop.SyntaxTree.GetRoot()).ToFullString();
        var text = $$"""
            private static readonly global::Polly.ResiliencePipeline {{name}} = new global::Polly.ResiliencePipelineBuilder()
                .AddRetry(new global::Polly.Retry.RetryStrategyOptions
                {
                    ShouldHandle = new global::Polly.PredicateBuilder().{{handled}},
                    MaxRetryAttempts = 4,
                    BackoffType = global::Polly.DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = global::System.TimeSpan.FromMilliseconds(200),
                    MaxDelay = global::System.TimeSpan.FromSeconds(30),
                })
                .Build();
            """;
        var first = shape.Function.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Members[0];
        var indentation = string.Concat(first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse().Select(trivia => trivia.ToFullString()));
        var lines = text.Replace("\r\n", "\n").Split('\n').Select(line => indentation + line);
        var field = ParseMemberDeclaration(string.Join(newLine, lines))!.WithTrailingTrivia(EndOfLine(newLine), EndOfLine(newLine));
        return field.ReplaceNodes(
            field.DescendantNodes().Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax && node.ToString().StartsWith("global::", StringComparison.Ordinal)),
            static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
