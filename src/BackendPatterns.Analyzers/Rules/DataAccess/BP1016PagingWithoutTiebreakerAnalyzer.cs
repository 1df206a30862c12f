using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1016: rows are skipped in an order that leaves ties.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1016PagingWithoutTiebreakerAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1016";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Rows are skipped in an order that leaves ties",
        messageFormat: "'{0}' skips rows of '{1}' in an order that is not unique, so rows that are equal in it may come on two pages or on none; order by '{2}' last",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Rows that are equal in every column of ORDER BY come in any order, and in another one for the next page. The key as last column makes the order total.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperation(
            context =>
            {
                if (BP1016TiedPage.Of((IInvocationOperation)context.Operation, model) is not { } tied)
                    return;
                var entity = tied.Orders[0].Entity;
                context.ReportDiagnostic(rule.At(tied.Page.Place, tied.Orders.Select(static order => order.Last.Syntax.MemberName().GetLocation()), properties: null, tied.Page.Call.TargetMethod.Name, entity.Symbol.Name, string.Join(", ", entity.Key)));
            },
            OperationKind.Invocation);
}
