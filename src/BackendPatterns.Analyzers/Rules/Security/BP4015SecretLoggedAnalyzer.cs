using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Logging;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>BP4015: a password, token, key or connection string is written to a log.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP4015SecretLoggedAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP4015";

    private static readonly TreeWords LoggerMessages = new("LoggerMessage");

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "Secret is logged",
        messageFormat: "'{0}' is written to the log in clear text; leave it out or mask it",
        category: Category.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A value that is named like a password, token, API key or connection string is an argument of a log message. Logs are kept, copied and read by many who may not know it.");

    protected override bool AppliesTo(BackendModel model) => model.Libraries.Logging is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var library = model.Libraries.Logging!;
        rule.OnOperation(context => AnalyzeCall(context, rule, model, library), OperationKind.Invocation);
        if (library.LoggerMessageAttribute is { } attribute)
            rule.OnSymbol(context => AnalyzeType(context, rule, attribute), SymbolKind.NamedType);
    }

    private static void AnalyzeCall(OperationAnalysisContext context, RuleRegistration rule, BackendModel model, LoggingLibrary library)
    {
        if (LogCall.Of((IInvocationOperation)context.Operation, library) is not { } call)
            return;
        var secrets = new SecretValues(model, context.CancellationToken);
        foreach (var value in call.AllValues())
        {
            if (secrets.NameIn(value) is { } name)
                context.ReportDiagnostic(rule.At(value.Syntax.GetLocation(), name));
        }
    }

    private static void AnalyzeType(SymbolAnalysisContext context, RuleRegistration rule, INamedTypeSymbol loggerMessage)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var declaration in type.DeclaringSyntaxReferences)
        {
            if (!LoggerMessages.AnyIn(declaration.SyntaxTree, context.CancellationToken))
                continue;
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol { IsPartialDefinition: true, Parameters.IsEmpty: false } method && method.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, loggerMessage)))
                    AnalyzeMessage(context, rule, method);
            }

            return;
        }
    }

    /// <summary>The parameters of a <c>[LoggerMessage]</c> method are the arguments of its message; one with an attribute is classified or left out.</summary>
    private static void AnalyzeMessage(SymbolAnalysisContext context, RuleRegistration rule, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (SecretValues.IsText(parameter.Type) && SecretNames.Contain(parameter.Name) && parameter.GetAttributes().IsEmpty)
                context.ReportDiagnostic(rule.At(parameter.Locations[0], parameter.Name));
        }
    }
}
