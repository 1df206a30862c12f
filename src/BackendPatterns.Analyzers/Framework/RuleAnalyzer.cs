using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>
/// Base of every rule about code: concurrent, silent in generated code, in test projects and in <c>Migrations</c> folders, and silent
/// altogether where <see cref="AppliesTo"/> says that the libraries it speaks about are not referenced.
/// </summary>
public abstract class RuleAnalyzer(DiagnosticDescriptor descriptor) : PackageAnalyzer(descriptor)
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var baseline = ProjectBaseline.For(start.Compilation, start.Options);
            baseline?.Start(Rule.Id);
            if (AnalysisScope.LeavesOut(start.Compilation, start.Options))
                return;
            var model = BackendModel.For(start.Compilation, start.Options);
            if (AppliesTo(model))
                Register(new RuleRegistration(start, Rule, baseline), model);
        });
    }

    /// <summary>False where the rule cannot have anything to say: it then costs nothing.</summary>
    protected abstract bool AppliesTo(BackendModel model);

    /// <summary>Registers the actions of this rule for one compilation.</summary>
    protected abstract void Register(RuleRegistration rule, BackendModel model);
}
