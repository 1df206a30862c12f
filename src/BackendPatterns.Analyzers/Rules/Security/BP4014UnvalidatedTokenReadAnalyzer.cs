using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Tokens;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4014: who the caller is comes from a token that nobody validated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4014UnvalidatedTokenReadAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4014";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Identity from a token that was not validated",
        messageFormat: "'{0}' reads the token of a request without checking its signature, and its claims become the identity; validate the token",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "Reading a token only decodes it: anyone can write one. An identity has to come from the result of a validation.");

    private static readonly MentionedNames Reads = new("ReadJwtToken", "ReadToken", "ReadJsonWebToken");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Tokens is not null && model.Endpoints is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var tokens = model.Libraries.Tokens!;
        var identities = new UnvalidatedIdentity(model);
        rule.OnCalls(Reads, (context, call) =>
        {
            if (tokens.IsTokenHandler(call.TargetMethod.ContainingType) && identities.MadeOf(call) is { } identity)
                context.ReportDiagnostic(rule.At(call.Syntax.MemberName().GetLocation(), [identity.Syntax.GetLocation()], properties: null, call.TargetMethod.Name));
        });
    }
}
