using System.Collections.Immutable;
using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>What a rule registers with: Roslyn's actions, called only for files that are in scope (not below a <c>Migrations</c> folder).</summary>
public sealed class RuleRegistration(CompilationStartAnalysisContext start, DiagnosticDescriptor rule, ProjectBaseline? baseline)
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

    /// <summary>
    /// Calls <paramref name="action"/> for every operation of the members whose text has one of the names: for rules that only look at operations of these names. An action per operation
    /// would cost more in all other members than the rule itself.
    /// </summary>
    internal void OnOperationsOfMembersWith(MentionedNames names, Action<OperationBlockAnalysisContext, IOperation> action) =>
        OnMembersWith(names, (context, root) =>
        {
            foreach (var operation in root.DescendantsAndSelf())
                action(context, operation);
        });

    /// <summary>Calls <paramref name="action"/> for every call of a method with one of the names: for rules that know the names of all methods that they look at.</summary>
    internal void OnCalls(MentionedNames names, Action<OperationBlockAnalysisContext, IInvocationOperation> action) =>
        OnMembersWith(names, (context, root) =>
        {
            foreach (var call in MemberCalls.Below(root))
            {
                if (names.Contain(call.TargetMethod.Name))
                    action(context, call);
            }
        });

    private void OnMembersWith(MentionedNames names, Action<OperationBlockAnalysisContext, IOperation> action) =>
        OnOperationBlock(context =>
        {
            foreach (var root in context.OperationBlocks.Roots())
            {
                if (names.AreAround(root.Syntax, context.CancellationToken))
                    action(context, root);
            }
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

    /// <summary>
    /// The report of this rule at a place, with the other places that belong to it, in their order; nothing to report where the baseline of the project has it. Other places outside
    /// of this compilation are left out: Roslyn refuses a report that points into another one, and metadata has no place to show.
    /// </summary>
    public Finding At(Location location, IEnumerable<Location>? additional, ImmutableDictionary<string, string?>? properties, params object?[] messageArguments)
    {
        if (baseline is not null)
        {
            if (baseline.IsWritten && baseline.LineFor(rule.Id, location) is { } line)
                properties = (properties ?? ImmutableDictionary<string, string?>.Empty).SetItem(ProjectBaseline.LineProperty, line);
            else if (baseline.Hides(rule.Id, location))
                return default;
        }

        var inside = additional?.Where(place => place.SourceTree is { } tree && Compilation.ContainsSyntaxTree(tree));
        return new Finding(Diagnostic.Create(rule, location, inside, properties, messageArguments));
    }

    /// <summary>The report of this rule at a place; nothing to report where the baseline of the project has it.</summary>
    public Finding At(Location location, params object?[] messageArguments) => At(location, additional: null, properties: null, messageArguments);
}
