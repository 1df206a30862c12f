using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>
/// Base of the rules that judge a query by what it loads. They are asked about the reads of a member, which are listed once for all of them, not about each of its calls: an
/// action per call costs more than the question in nearly all of them.
/// </summary>
public abstract class QueryReadAnalyzer(DiagnosticDescriptor descriptor) : RuleAnalyzer(descriptor)
{
    protected override bool AppliesTo(BackendModel model) => model.Libraries.EntityFrameworkCore is not null;

    protected sealed override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnOperationBlock(context =>
        {
            foreach (var member in MemberTrips.Of(context.OperationBlocks, model, context.CancellationToken))
            {
                foreach (var read in member.Reads(context.CancellationToken))
                    Analyze(context, read, rule, model);
            }
        });

    /// <summary>Asks about one read: the call of a terminal operator, or a loop over a query, that EF Core executes.</summary>
    private protected abstract void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model);
}
