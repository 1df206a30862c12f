using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>BP2001: extracts a service from an endpoint type that takes a database context.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP2001DbContextInControllerFix() : ExtractServiceFix(BP2001DbContextInControllerAnalyzer.Id);
