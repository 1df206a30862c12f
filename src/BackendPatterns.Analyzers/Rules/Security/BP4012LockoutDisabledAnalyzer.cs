using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4012: passwords of one account can be tried without end.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4012LockoutDisabledAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4012";

    private const string SignInManager = "Microsoft.AspNetCore.Identity.SignInManager`1";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Failed sign-ins do not lock the account",
        messageFormat: "'{0}' does not count failed sign-ins, so passwords can be tried without end; pass 'true' for 'lockoutOnFailure'",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "With lockoutOnFailure: false ASP.NET Core Identity neither counts failed sign-ins nor locks the account, so its password can be guessed by trying.");

    private static readonly MentionedNames SignIns = new("PasswordSignInAsync", "CheckPasswordSignInAsync");

    protected override bool AppliesTo(BackendModel model) => model.Compilation.FindType(SignInManager) is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var manager = model.Compilation.FindType(SignInManager);
        rule.OnCalls(SignIns, (context, call) =>
        {
            if (call.TargetMethod.ContainingType.IsOrDerivesFrom(manager)
                && call.Argument("lockoutOnFailure") is { } lockout && WrittenValue.IsFalse(lockout, model, context.CancellationToken) && !CountsItself(call))
            {
                context.ReportDiagnostic(rule.At(lockout.Syntax.GetLocation(), call.TargetMethod.Name));
            }
        });
    }

    /// <summary>The member counts failures by hand.</summary>
    private static bool CountsItself(IInvocationOperation call) =>
        call.Root().Descendants().Any(static part => part is IInvocationOperation { TargetMethod.Name: "AccessFailedAsync" or "SetLockoutEndDateAsync" });
}
