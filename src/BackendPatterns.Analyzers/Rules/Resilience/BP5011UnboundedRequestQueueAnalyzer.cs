using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow.Requests;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Resilience;

/// <summary>BP5011: requests write to a channel that has no bound.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP5011UnboundedRequestQueueAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP5011";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Unbounded queue written from requests",
        messageFormat: "'{0}' grows for as long as requests write to it faster than it is read; create a bounded channel, so that writers wait",
        category: Category.Resilience,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Requests come in faster than one reader works now and then. An unbounded channel takes all of them, until the process is out of memory and everything that was queued is lost. A bounded channel makes writers wait, or tells them that it is full.");

    protected override bool AppliesTo(BackendModel model) =>
        model.Libraries.AspNetCore is not null && model.Compilation.FindType("System.Threading.Channels.Channel") is not null;

    protected override void Register(RuleRegistration rule, BackendModel model) =>
        rule.OnCalls(RequestChannel.Creations, (context, call) =>
        {
            if (RequestChannel.Of(call, model) is not { } channel)
                return;
            var writes = channel.WritesIn(model).ToImmutableArray();
            if (writes.Any(RequestChannel.MayBeBounded))
                return;
            foreach (var write in writes)
            {
                if (!model.Endpoints!.RequestCode.ContainsUnlimited(write, context.CancellationToken))
                    continue;
                context.ReportDiagnostic(rule.At(call.Syntax.MemberName().GetLocation(), [write.Syntax.GetLocation()], null, channel.Name));
                return;
            }
        });
}
