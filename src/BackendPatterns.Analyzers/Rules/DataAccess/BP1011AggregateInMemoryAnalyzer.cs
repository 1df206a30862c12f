using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1011: rows are loaded only to be counted, tested, summed or searched.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1011AggregateInMemoryAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1011";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Rows are loaded only to be counted, summed or searched in memory",
        messageFormat: "'{0}' loads every row only for '{1}' in memory; let the query end with '{2}'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "All rows of the query are read, sent and turned into objects, and then one number, one answer or one row is made of them. The database makes it without sending the rows.");

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (WastedLoad.Of(read, model) is not { Mistake: LoadMistake.Aggregate } found || OneOff.Is(context.OwningSymbol))
            return;
        var names = string.Join("', '", found.Uses.Select(static use => use.Name).Distinct());
        context.ReportDiagnostic(rule.At(found.Location, found.UseLocations, properties: null, found.Load.TargetMethod.Name, names, found.Uses[0].Operator + (found.IsAsync ? "Async" : "")));
    }
}
