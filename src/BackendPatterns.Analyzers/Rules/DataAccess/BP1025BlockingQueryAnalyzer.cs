using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1025: a thread waits for the database where it could be awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1025BlockingQueryAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP1025";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "A thread is blocked by a query",
        messageFormat: "'{0}' blocks the thread until the database has answered; {1} '{2}'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A thread that waits for the database serves no other request. Under load the thread pool runs out of threads, and requests wait that need no database at all. EF Core's asynchronous methods give the thread back while the database works.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationsOfMembersWith(
            BP1025BlockingCall.Names,
            (context, operation) =>
            {
                if (BP1025BlockingCall.Of(operation, model, context.CancellationToken) is { } found && !OneOff.Is(context.OwningSymbol, operation))
                {
                    context.ReportDiagnostic(rule.At(
                        found.Place, found.Endpoint?.Locations, properties: null, found.Name, found.Endpoint is null ? "await" : "make the endpoint async and await", found.AsyncName));
                }
            });
}
