using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>BP2002: extracts a service from an endpoint type that takes a repository.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP2002RepositoryInControllerFix() : ExtractServiceFix(BP2002RepositoryInControllerAnalyzer.Id);
