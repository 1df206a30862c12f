using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1014: an endpoint answers with every row of a table that grows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1014UnboundedResultAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1014";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Endpoint returns a whole table",
        messageFormat: "'{0}' loads the rows of '{1}' without a limit and an endpoint returns them all; page the result",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "The answer grows with the table until it is too slow, too large, or too much for the memory of the server.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries is { EntityFrameworkCore: not null, AspNetCore: not null };

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (read is not IInvocationOperation call || BP1014UnboundedList.Of(call, model, context.Options) is not { } list)
            return;
        var place = TerminalPlace.Of(list.Call);
        context.ReportDiagnostic(rule.At(place.Location, list.Handler.Locations, properties: null, place.Name, list.Entity.Symbol.Name));
    }
}
