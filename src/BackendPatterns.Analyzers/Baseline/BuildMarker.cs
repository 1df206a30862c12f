using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>Tells a build from an editor: the package gives a global configuration with this key to compilers only, not to design-time builds.</summary>
internal static class BuildMarker
{
    public const string Key = "backend_patterns_build";

    public static bool IsIn(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Key, out var text) && bool.TryParse(text, out var isBuild) && isBuild;
}
