using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1015: rows of a query without order are skipped.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1015PagingWithoutOrderAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1015";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Rows are skipped that have no order",
        messageFormat: "'{0}' skips rows that have no order, so pages repeat and miss rows; order the query by its key first",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without ORDER BY a database returns rows in any order, and in another one for the next page. An order that Distinct, Union or GroupBy follows is lost.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                if (BP1015UnorderedPage.Of((IInvocationOperation)context.Operation, model) is { } page)
                    context.ReportDiagnostic(rule.At(page.Place, page.Call.TargetMethod.Name));
            },
            OperationKind.Invocation);
}
