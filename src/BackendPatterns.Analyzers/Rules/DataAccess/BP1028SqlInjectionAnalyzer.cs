using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Sql;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1028: text that is not constant is put into a SQL statement.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1028SqlInjectionAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1028";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Text is put into a SQL statement",
        messageFormat: "The SQL of '{0}' contains the text of '{1}', which can change the statement; {2}",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A text that becomes part of a SQL statement can end the literal it stands in and go on as SQL. A parameter is only ever a value; names of columns and sort orders have to be chosen from constants.",
        customTags: Framework.Rule.Security);

    protected override bool AppliesTo(BackendModel model) => model.Libraries.AdoNet is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(context => Analyze(context, rule, model), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.SimpleAssignment);

    private static void Analyze(OperationAnalysisContext context, RuleRegistration rule, BackendModel model)
    {
        if (SqlSink.Of(context.Operation, model) is not { IsReportedByEntityFramework: false } sink)
            return;
        var holes = SqlTextReader.HolesIn(sink.Text, model, context.CancellationToken);
        if (holes.Count == 0 || OneOff.Is(context.ContainingSymbol, context.Operation))
            return;
        var first = holes[0];
        context.ReportDiagnostic(rule.At(
            sink.Place, holes.Select(static hole => hole.Value.Syntax.GetLocation()), properties: null, sink.Name, first.Value.Syntax.ToString(),
            first.Position is SqlPosition.Value ? "pass it as a parameter" : "choose from constant texts"));
    }
}
