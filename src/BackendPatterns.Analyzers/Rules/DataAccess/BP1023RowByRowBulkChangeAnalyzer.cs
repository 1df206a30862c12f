using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1023: rows are loaded to change or remove all of them in the same way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1023RowByRowBulkChangeAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1023";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Rows are changed one by one that one command could change",
        messageFormat: "'{0}' loads every row of '{1}' only to {2}; '{3}' does it with one command",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Every row is loaded, tracked and written back, although all get the same values or are all removed. ExecuteUpdate and ExecuteDelete change the rows in the database with one command and load none.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    /// <summary>The report stands at the load, in another statement than the save that tells.</summary>
    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationsOfMember(
            (operation, _) => BP1023BulkChange.Of((IInvocationOperation)operation, model) is { } found ? ImmutableArray.Create(found) : ImmutableArray<BP1023BulkChange>.Empty,
            (context, changes) =>
            {
                foreach (var found in changes)
                {
                    if (OneOff.Is(context.OwningSymbol, found.Save))
                        continue;
                    var removes = found.Assignments.IsEmpty;
                    var places = found.Assignments.Select(static assignment => assignment.Syntax.GetLocation()).Concat([found.Save.Syntax.MemberName().GetLocation()]);
                    context.ReportDiagnostic(rule.At(
                        found.Place, places, properties: null, found.Load, found.Entity.Symbol.Name, removes ? "remove it" : "set the same values", removes ? "ExecuteDelete" : "ExecuteUpdate"));
                }
            },
            OperationKind.Invocation);
}
