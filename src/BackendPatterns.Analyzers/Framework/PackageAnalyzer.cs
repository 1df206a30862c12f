using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>Base of all that this package reports: an analyzer with one id, either a rule about code or a message about the set-up.</summary>
public abstract class PackageAnalyzer(DiagnosticDescriptor descriptor) : DiagnosticAnalyzer
{
    /// <summary>The one id of this analyzer.</summary>
    public DiagnosticDescriptor Rule { get; } = descriptor;

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(descriptor);
}
