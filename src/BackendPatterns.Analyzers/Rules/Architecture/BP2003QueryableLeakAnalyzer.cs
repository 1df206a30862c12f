using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2003: a repository or service lets code outside of the data layer go on with its query.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2003QueryableLeakAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP2003";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Query leaves the data layer",
        messageFormat: "'{0}' {1}, so what the database executes is decided outside of the data layer; {2}",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A query that callers go on with is executed where nobody looks for it: they choose its filters, its size and whether it is run once or many times, and no test of the repository covers them.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Linq.QueryableInterface is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var leaks = new BP2003Leaks(model);
        rule.OnSymbol(
            context =>
            {
                var type = (INamedTypeSymbol)context.Symbol;
                if (!BP2003Leaks.MayLeak(type))
                    return;
                foreach (var member in type.GetMembers())
                {
                    if (leaks.At(member, context.CancellationToken) is { } leak && member.Locations is [{ IsInSource: true } location, ..])
                        context.ReportDiagnostic(Report(leak, location, leaks.ImplementationsOf(member, context.CancellationToken), rule));
                }
            },
            SymbolKind.NamedType);
    }

    private static Finding Report(BP2003QueryLeak leak, Location location, ImmutableArray<ISymbol> implementations, RuleRegistration rule) => rule.At(
        location,
        implementations.SelectMany(static implementation => implementation.Locations.Take(1)).Where(other => other.IsInSource && other != location && rule.Compilation.ContainsSyntaxTree(other.SourceTree!)),
        properties: null,
        leak.Member.ContainingType.Name + "." + leak.Member.Name,
        leak.Composer is { } composer ? $"takes a part of its query as '{composer.Name}'" : "returns a query",
        leak.Composer is null ? "return loaded rows" : "take plain values or a predicate");
}
