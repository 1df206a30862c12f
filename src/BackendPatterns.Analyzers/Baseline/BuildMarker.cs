using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>Tells a build from an editor: the package gives a global configuration with this key to compilers only, not to design-time builds.</summary>
internal static class BuildMarker
{
    public const string Key = "backend_patterns_build";

    public static bool IsIn(AnalyzerOptions options) => options.AnalyzerConfigOptionsProvider.GlobalOptions.Flag(Key) is true;
}
