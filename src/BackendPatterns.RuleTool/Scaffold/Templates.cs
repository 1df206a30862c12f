namespace BackendPatterns.RuleTool.Scaffold;

/// <summary>The files of a new rule, with <c>$Id$</c>, <c>$Name$</c> and <c>$Category$</c> to be filled in.</summary>
public static class Templates
{
    public const string Analyzer = """
        using BackendPatterns.Analyzers.Framework;
        using BackendPatterns.Analyzers.Model;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.Diagnostics;
        using Microsoft.CodeAnalysis.Operations;

        namespace BackendPatterns.Analyzers.Rules.$Category$;

        /// <summary>$Id$: a garbage collection is forced.</summary>
        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class $Id$$Name$Analyzer() : RuleAnalyzer(Descriptor)
        {
            public const string Id = "$Id$";

            private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
                id: Id,
                title: "Garbage collection is forced",
                messageFormat: "'{0}' stops every thread; leave the time of a collection to the runtime",
                category: Category.$Category$,
                defaultSeverity: DiagnosticSeverity.Info,
                description: "A forced collection stops all threads and undoes what the runtime has learnt about the lifetime of objects.");

            protected override bool AppliesTo(BackendModel model) => true;

            protected override void Register(RuleRegistration rule, BackendModel model)
            {
                var type = model.Compilation.GetTypeByMetadataName("System.GC");
                if (type is null)
                    return;
                rule.OnOperation(
                    context =>
                    {
                        var call = (IInvocationOperation)context.Operation;
                        if (call.TargetMethod.Name == "Collect" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, type))
                            context.ReportDiagnostic(rule.At(call.Syntax.GetLocation(), "GC.Collect"));
                    },
                    OperationKind.Invocation);
            }
        }
        """;

    public const string Fix = """
        using System.Collections.Immutable;
        using BackendPatterns.Analyzers.CodeFixes.Framework;
        using BackendPatterns.Analyzers.Rules.$Category$;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CodeFixes;
        using Microsoft.CodeAnalysis.CSharp;
        using Microsoft.CodeAnalysis.CSharp.Syntax;

        namespace BackendPatterns.Analyzers.CodeFixes.$Category$;

        /// <summary>$Id$: removes the call where it is a statement in a block, without a comment or directive of its own.</summary>
        [ExportCodeFixProvider(LanguageNames.CSharp)]
        public sealed class $Id$$Name$Fix() : RuleFix($Id$$Name$Analyzer.Id)
        {
            protected override Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken) =>
                Task.FromResult(node.Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement && HasOnlyWhiteSpaceAround(statement)
                    ? ImmutableArray.Create(new Remedy("Remove the call", "Remove", token => RemoveAsync(document, statement, token)))
                    : ImmutableArray<Remedy>.Empty);

            private static async Task<Document> RemoveAsync(Document document, SyntaxNode statement, CancellationToken cancellationToken)
            {
                var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
                return document.WithSyntaxRoot(root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia)!);
            }

            private static bool HasOnlyWhiteSpaceAround(SyntaxNode statement) =>
                statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia())
                    .All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        }
        """;

    public const string Tests = """"
        using BackendPatterns.Analyzers.CodeFixes.$Category$;
        using BackendPatterns.Analyzers.Rules.$Category$;
        using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
            BackendPatterns.Analyzers.Rules.$Category$.$Id$$Name$Analyzer,
            BackendPatterns.Analyzers.CodeFixes.$Category$.$Id$$Name$Fix>;

        namespace BackendPatterns.Analyzers.Tests.Rules.$Category$;

        /// <summary>What <see cref="$Id$$Name$Analyzer"/> reports, and what <see cref="$Id$$Name$Fix"/> makes of it.</summary>
        public class $Id$$Name$Tests
        {
            [Fact]
            public Task Collect_IsFixed() => Verify.Fixed(
                """
                public class Cleaner
                {
                    public int Clean(int done)
                    {
                        [|GC.Collect()|];
                        return done + 1;
                    }
                }
                """,
                """
                public class Cleaner
                {
                    public int Clean(int done)
                    {
                        return done + 1;
                    }
                }
                """);

            [Fact]
            public Task CollectUnderComment_IsReportedWithoutFix() => Verify.NotFixed(
                """
                public class Cleaner
                {
                    public void Clean()
                    {
                        // After the import.
                        [|GC.Collect()|];
                    }
                }
                """);

            [Fact]
            public Task CollectAsExpressionBody_IsReportedWithoutFix() => Verify.NotFixed(
                """
                public class Cleaner
                {
                    public void Clean() => [|GC.Collect(0)|];
                }
                """);

            [Fact]
            public Task CollectOfAnotherType_IsSilent() => Verify.Silent(
                """
                public static class Mail
                {
                    public static void Collect() { }
                    public static void Run() => Collect();
                }
                """);

            [Fact]
            public Task OtherMembersOfTheType_AreSilent() => Verify.Silent(
                """
                public class Cleaner
                {
                    public long Memory() => GC.GetTotalMemory(forceFullCollection: false);
                }
                """);
        }
        """";

    public const string Page = """
        # $Id$ $Name$

        <!-- facts:start -->
        <!-- facts:end -->

        ## What it flags

        A call of `GC.Collect`.

        ## Why it hurts

        A forced collection stops all threads of the service, and the objects that survive it are treated as long-lived from then on.

        ## Violation

        ```csharp violation
        public class Cleaner
        {
            public int Clean(int done)
            {
                GC.Collect();
                return done + 1;
            }
        }
        ```

        ## Fix

        The fix removes the call.

        ```csharp fixed
        public class Cleaner
        {
            public int Clean(int done)
            {
                return done + 1;
            }
        }
        ```

        Not reported:

        ```csharp ok
        public class Cleaner
        {
            public long Memory() => GC.GetTotalMemory(forceFullCollection: false);
        }
        ```

        ## When to suppress

        In a measurement that needs a settled heap.

        ## Options

        None of its own.

        ## Known limits

        A call through a delegate is not seen.
        """;

    /// <summary>The text of a file of one rule, with line feeds and one at its end.</summary>
    public static string Fill(string template, string id, string name, string category) =>
        (template.ReplaceLineEndings("\n") + "\n")
            .Replace("$Id$", id, StringComparison.Ordinal)
            .Replace("$Name$", name, StringComparison.Ordinal)
            .Replace("$Category$", category, StringComparison.Ordinal);
}
