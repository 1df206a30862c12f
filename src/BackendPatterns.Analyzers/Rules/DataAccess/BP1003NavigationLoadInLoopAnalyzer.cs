using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1003: a navigation is read per row that the query of the rows does not load.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1003NavigationLoadInLoopAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1003";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Navigation that the query does not load is read per row",
        messageFormat: "'{0}' is read for each '{1}' but the query does not load it: {2}; add '{3}'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "The query loads rows without the navigation that is then read of each of them. With lazy loading each read is one more query (N+1); without it the navigation is null or empty. 'Include' loads it with the rows.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationsOfMember(
            (operation, cancellation) => BP1003UnloadedNavigation.In(operation, model, cancellation),
            (context, findings) => Report(context, findings, rule),
            OperationKind.Invocation, OperationKind.Loop);

    private static void Report(OperationBlockAnalysisContext context, IReadOnlyList<BP1003UnloadedNavigation> findings, RuleRegistration rule)
    {
        if (OneOff.Is(context.OwningSymbol))
            return;
        foreach (var finding in findings)
        {
            var read = finding.Read;
            var locations = new List<Location> { finding.Load.Place, finding.Repetition.Header };
            if (!read.Entries.IsEmpty)
                locations.Add(read.Reference.Syntax.GetLocation());
            context.ReportDiagnostic(rule.At(
                read.Site.Syntax.GetLocation(), locations, properties: null, read.Path, finding.Load.Entity.Symbol.Name, Consequence(finding),
                read.Path.Contains('.') ? "ThenInclude" : "Include"));
        }
    }

    private static string Consequence(BP1003UnloadedNavigation finding)
    {
        var missing = finding.Read.Member.Kind is EntityMemberKind.Collection ? "empty" : "null";
        return finding.State switch
        {
            LazyLoadingState.On => "lazy loading runs one more query per row",
            LazyLoadingState.Off => $"it is {missing} in every row",
            _ => $"one more query per row with lazy loading, {missing} without",
        };
    }
}
