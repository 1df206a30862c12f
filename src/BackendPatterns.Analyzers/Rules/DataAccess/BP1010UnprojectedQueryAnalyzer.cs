using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1010: whole entities are loaded although few of their columns are read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1010UnprojectedQueryAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1010";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Whole entities are loaded to read a few columns",
        messageFormat: "'{0}' loads all {1} columns of '{2}' to read {3} of them; project what is read with 'Select'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query loads every column of the rows, but the code that follows reads at most half of them. A projection loads what is read, needs no change tracking, and lets the database answer from an index.");

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (BP1010UnprojectedLoad.Of(read, model, context.CancellationToken) is { } found && !OneOff.Is(context.OwningSymbol))
        {
            var reads = found.Uses.Reads.GroupBy(static read => read.Column).Select(static column => column.First().Reference.Syntax.GetLocation());
            context.ReportDiagnostic(rule.At(
                found.Load.Place, reads, properties: null, found.Load.Name, found.Load.Entity.Columns.Length, found.Load.Entity.Symbol.Name, found.Uses.Columns.Count));
        }
    }
}
