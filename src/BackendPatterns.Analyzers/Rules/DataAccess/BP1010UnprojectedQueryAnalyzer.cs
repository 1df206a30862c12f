using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1010: whole entities are loaded although few of their columns are read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1010UnprojectedQueryAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1010";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Whole entities are loaded to read a few columns",
        messageFormat: "'{0}' loads all {1} columns of '{2}' to read {3} of them; project what is read with 'Select'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query loads every column of the rows, but the code that follows reads at most half of them. A projection loads what is read, needs no change tracking, and lets the database answer from an index.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(context => Analyze(context, rule, model), OperationKind.Invocation, OperationKind.Loop);

    private static void Analyze(OperationAnalysisContext context, RuleRegistration rule, BackendModel model)
    {
        if (BP1010UnprojectedLoad.Of(context.Operation, model, context.CancellationToken) is { } found && !OneOff.Is(context.ContainingSymbol))
        {
            var reads = found.Uses.Reads.GroupBy(static read => read.Column).Select(static column => column.First().Reference.Syntax.GetLocation());
            context.ReportDiagnostic(rule.At(
                found.Load.Place, reads, properties: null, found.Load.Name, found.Load.Entity.Columns.Length, found.Load.Entity.Symbol.Name, found.Uses.Columns.Count));
        }
    }
}
