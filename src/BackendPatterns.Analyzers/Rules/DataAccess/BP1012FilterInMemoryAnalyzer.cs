using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1012: rows are filtered, ordered or cut in memory right after they are loaded.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1012FilterInMemoryAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1012";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Rows are filtered in memory right after they are loaded",
        messageFormat: "'{0}' loads rows that '{1}' works on in memory; move '{2}' before '{0}'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query loads its rows, and the first thing that happens to them is an operator that the database has too. Before the terminal operator it becomes part of the SQL, and only the rows that are wanted are sent.");

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (WastedLoad.Of(read, model) is not { Mistake: LoadMistake.Filter } found || OneOff.Is(context.OwningSymbol))
            return;
        context.ReportDiagnostic(rule.At(found.Location, found.UseLocations, properties: null, found.Load.TargetMethod.Name, found.Uses[0].Name, found.Uses[0].Operator));
    }
}
