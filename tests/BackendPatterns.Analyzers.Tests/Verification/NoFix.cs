using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>Stands for the fix of a rule that has none.</summary>
public sealed class NoFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [];

    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Task.CompletedTask;
}
