using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>What a rule registers with: Roslyn's actions, called only for files that are in scope (not below a <c>Migrations</c> folder).</summary>
public sealed class RuleRegistration(CompilationStartAnalysisContext start, DiagnosticDescriptor rule)
{
    private readonly AnalysisScope _scope = AnalysisScope.Of(start.Compilation);

    public Compilation Compilation => start.Compilation;

    public AnalyzerOptions Options => start.Options;

    /// <summary>Calls <paramref name="action"/> for every operation of these kinds.</summary>
    public void OnOperation(Action<OperationAnalysisContext> action, params OperationKind[] kinds)
    {
        start.RegisterOperationAction(_scope.CoversAll ? action : InScope, kinds);

        void InScope(OperationAnalysisContext context)
        {
            if (_scope.Covers(context.Operation.Syntax.SyntaxTree))
                action(context);
        }
    }

    /// <summary>Calls <paramref name="action"/> once for the body (or bodies) of every member.</summary>
    public void OnOperationBlock(Action<OperationBlockAnalysisContext> action) =>
        start.RegisterOperationBlockAction(context =>
        {
            if (!context.OperationBlocks.IsEmpty && _scope.Covers(context.OperationBlocks[0].Syntax.SyntaxTree))
                action(context);
        });

    /// <summary>
    /// Calls <paramref name="collect"/> for every operation of these kinds in a member, and <paramref name="report"/> with all that it returned at the end of the member:
    /// for reports that stand elsewhere in it, which would be lost to code fixes if they came from the operation.
    /// </summary>
    public void OnOperationsOfMember<T>(Func<IOperation, CancellationToken, ImmutableArray<T>> collect, Action<OperationBlockAnalysisContext, IReadOnlyList<T>> report, params OperationKind[] kinds) =>
        start.RegisterOperationBlockStartAction(member =>
        {
            if (member.OperationBlocks.IsEmpty || !_scope.Covers(member.OperationBlocks[0].Syntax.SyntaxTree))
                return;
            List<T>? found = null;
            member.RegisterOperationAction(
                context =>
                {
                    var here = collect(context.Operation, context.CancellationToken);
                    if (!here.IsEmpty)
                        (found ??= []).AddRange(here);
                },
                kinds);
            member.RegisterOperationBlockEndAction(context =>
            {
                if (found is not null)
                    report(context, found);
            });
        });

    /// <summary>Calls <paramref name="action"/> for every symbol of these kinds that is declared in a file in scope.</summary>
    public void OnSymbol(Action<SymbolAnalysisContext> action, params SymbolKind[] kinds) =>
        start.RegisterSymbolAction(
            context =>
            {
                foreach (var location in context.Symbol.Locations)
                {
                    if (location.SourceTree is { } tree && _scope.Covers(tree))
                    {
                        action(context);
                        return;
                    }
                }
            },
            kinds);

    /// <summary>Calls <paramref name="action"/> for every type that is declared in a file in scope, once per declaration, with the semantic model that all rules share.</summary>
    public void OnTypeDeclaration(Action<SyntaxNodeAnalysisContext> action) =>
        start.RegisterSyntaxNodeAction(
            context =>
            {
                if (_scope.Covers(context.Node.SyntaxTree))
                    action(context);
            },
            SyntaxKind.ClassDeclaration, SyntaxKind.RecordDeclaration, SyntaxKind.StructDeclaration, SyntaxKind.RecordStructDeclaration, SyntaxKind.InterfaceDeclaration,
            SyntaxKind.EnumDeclaration, SyntaxKind.DelegateDeclaration);

    /// <summary>Calls <paramref name="action"/> for every file in scope.</summary>
    public void OnFile(Action<SyntaxTreeAnalysisContext> action) =>
        start.RegisterSyntaxTreeAction(context =>
        {
            if (_scope.Covers(context.Tree))
                action(context);
        });

    /// <summary>The report of this rule at a place, with the other places that belong to it.</summary>
    public Diagnostic At(Location location, IEnumerable<Location>? additional, ImmutableDictionary<string, string?>? properties, params object?[] messageArguments) =>
        Diagnostic.Create(rule, location, additional, properties, messageArguments);

    /// <summary>The report of this rule at a place.</summary>
    public Diagnostic At(Location location, params object?[] messageArguments) => Diagnostic.Create(rule, location, messageArguments);
}
