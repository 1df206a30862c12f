using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1019: a query includes what it does not return, or of which only the number is read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1019RedundantIncludeAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1019";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Include that loads nothing that is used",
        messageFormat: "'{0}' {1} '{2}'; {3}",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "'Include' loads related rows with the entities of a query. A query that returns a projection or a number has no entities: EF Core ignores the include. Rows of which only the number is read need not be loaded at all.");

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (BP1019UnusedInclude.Of(read, model, context.CancellationToken) is not { } found || OneOff.Is(context.OwningSymbol))
            return;
        var place = TerminalPlace.Of(found.Operation);
        context.ReportDiagnostic(rule.At(
            place.Location, found.Includes.Select(static include => include.Syntax.GetLocation()), properties: null,
            place.Name,
            found.IsDropped ? "returns no entities, so EF Core ignores the 'Include' of" : "loads all rows of",
            EagerLoading.PathOf(found.Includes[0]) ?? "the navigation",
            found.IsDropped ? "remove it" : "only their number is read, project it with 'Select'"));
    }
}
