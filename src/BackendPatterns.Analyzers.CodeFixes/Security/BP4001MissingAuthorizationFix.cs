using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4001: requires authorization, or says that anyone may call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4001MissingAuthorizationFix() : EndpointStanceFix(BP4001MissingAuthorizationAnalyzer.Id);
