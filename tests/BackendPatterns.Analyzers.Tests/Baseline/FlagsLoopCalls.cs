using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Baseline;

/// <summary>A rule as the real ones are: reports calls in <c>foreach</c> at their names, <c>while</c> at its keyword, members and types called <c>Bad…</c>, and <c>Obsolete</c> attributes of assemblies.</summary>
public sealed class FlagsLoopCalls() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP9001";

    private static readonly DiagnosticDescriptor Descriptor = BackendPatterns.Analyzers.Framework.Rule.Create(
        id: Id, title: "Loop", messageFormat: "'{0}' is in a loop", category: Category.DataAccess, defaultSeverity: DiagnosticSeverity.Warning, description: "A test.");

    protected override bool AppliesTo(BackendModel model) => true;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        rule.OnOperation(
            context =>
            {
                if (context.Operation.Syntax.Ancestors().OfType<ForEachStatementSyntax>().Any(loop => loop.Statement.Span.Contains(context.Operation.Syntax.Span)))
                    context.ReportDiagnostic(rule.At(context.Operation.Syntax.MemberName().GetLocation(), "call"));
            },
            OperationKind.Invocation);
        rule.OnOperation(
            context =>
            {
                if (context.Operation.Syntax is WhileStatementSyntax loop)
                    context.ReportDiagnostic(rule.At(loop.WhileKeyword.GetLocation(), "while"));
            },
            OperationKind.Loop);
        rule.OnSymbol(
            context =>
            {
                if (!context.Symbol.Name.StartsWith("Bad", StringComparison.Ordinal))
                    return;
                foreach (var location in context.Symbol.Locations)
                    context.ReportDiagnostic(rule.At(location, context.Symbol.Name));
            },
            SymbolKind.Method, SymbolKind.NamedType, SymbolKind.Field);
        rule.OnFile(context =>
        {
            foreach (var attributes in ((CompilationUnitSyntax)context.Tree.GetRoot(context.CancellationToken)).AttributeLists)
                context.ReportDiagnostic(rule.At(attributes.Attributes[0].GetLocation(), "attribute"));
        });
    }
}
