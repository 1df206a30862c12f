using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4002: requires authorization, or says that anyone may call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4002ReadWithoutAuthorizationFix() : EndpointStanceFix(BP4002ReadWithoutAuthorizationAnalyzer.Id);
