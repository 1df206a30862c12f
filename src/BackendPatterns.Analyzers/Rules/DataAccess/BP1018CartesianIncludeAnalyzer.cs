using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>BP1018: one query joins two collections side by side.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP1018CartesianIncludeAnalyzer() : QueryReadAnalyzer(Descriptor)
{
    public const string Id = "BP1018";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "One query joins two collections side by side",
        messageFormat: "'{0}' joins '{1}' and '{2}' side by side, so every row comes back once per combination of their elements; load them with 'AsSplitQuery'",
        category: Category.DataAccess,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Two collections of the same row in one command are a cross product: ten lines and ten payments are a hundred rows, each with all columns of the order. A split query loads each collection with a command of its own.");

    protected override bool AppliesTo(BackendModel model) =>
        model.Libraries.EntityFrameworkCore is not null && model.Compilation.FindType("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions") is not null;

    private protected override void Analyze(OperationBlockAnalysisContext context, IOperation read, RuleRegistration rule, BackendModel model)
    {
        if (BP1018SiblingCollections.Of(read, model) is { } found && !OneOff.Is(context.OwningSymbol))
        {
            var load = TerminalPlace.Of(found.Operation);
            context.ReportDiagnostic(rule.At(load.Location, found.Places, properties: null, load.Name, found.First, found.Second));
        }
    }
}
