using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Rules.Configuration;

/// <summary>BP0001: a setting of this package that does not do what its author wants, because its value, key or place is wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP0001InvalidOptionAnalyzer() : SetupAnalyzer(Value)
{
    public const string Id = "BP0001";

    private const string Title = "Setting that has no effect";
    private const string Why = "A value that an option does not accept counts as absent, and nothing reads a key that is misspelt or stands in the wrong file: the rules then work with other settings than those that were written down.";

    private static readonly DiagnosticDescriptor Value = Framework.Rule.Create(
        id: Id, title: Title, messageFormat: "'{0}' is not a value of '{1}': {2}; {3}", category: Category.Configuration, defaultSeverity: DiagnosticSeverity.Warning, description: Why);

    private static readonly DiagnosticDescriptor Misspelt = Framework.Rule.Create(
        id: Id, title: Title, messageFormat: "There is no option '{0}', so that it does nothing; '{1}' is probably meant", category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning, description: Why);

    private static readonly DiagnosticDescriptor Unknown = Framework.Rule.Create(
        id: Id, title: Title, messageFormat: "There is no option '{0}', so that it does nothing; remove it or look its name up in the documentation of the options", category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning, description: Why);

    private static readonly DiagnosticDescriptor Misplaced = Framework.Rule.Create(
        id: Id, title: Title, messageFormat: "'{0}' is read for whole projects, so that it does nothing for single files; move it to a global config with 'is_global = true'", category: Category.Configuration,
        defaultSeverity: DiagnosticSeverity.Warning, description: Why);

    protected override void Register(CompilationStartAnalysisContext start)
    {
        var faults = new SettingFaults(start.Compilation, start.Options);
        start.RegisterSyntaxTreeAction(context =>
        {
            foreach (var fault in faults.TakeThoseOfProject())
                context.ReportDiagnostic(At(Location.None, fault));
            foreach (var fault in faults.In(context.Tree, context.CancellationToken))
                context.ReportDiagnostic(At(Location.Create(context.Tree, new TextSpan(0, 0)), fault));
        });
    }

    private static Diagnostic At(Location location, SettingFault fault) => fault switch
    {
        { Kind: SettingFaultKind.Value } => Diagnostic.Create(Value, location, fault.Text, fault.Key, fault.Problem, fault.Instead),
        { Kind: SettingFaultKind.Place } => Diagnostic.Create(Misplaced, location, fault.Key),
        { Problem.Length: 0 } => Diagnostic.Create(Unknown, location, fault.Key),
        _ => Diagnostic.Create(Misspelt, location, fault.Key, fault.Problem),
    };
}
