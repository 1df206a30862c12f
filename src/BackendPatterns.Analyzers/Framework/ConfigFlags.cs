using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Framework;

/// <summary>Reads what a build says with <c>true</c> and <c>false</c>: MSBuild properties and markers, which are no options of rules.</summary>
internal static class ConfigFlags
{
    /// <summary>Returns the value of a key, or null where it is not set or neither.</summary>
    public static bool? Flag(this AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out var text) && bool.TryParse(text, out var value) ? value : null;
}
