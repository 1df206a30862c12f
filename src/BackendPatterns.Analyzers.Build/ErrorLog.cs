using System.Runtime.Serialization.Json;
using System.Xml;
using System.Xml.Linq;

namespace BackendPatterns.Analyzers.Build;

/// <summary>Reads the lines of the baseline from the error log (SARIF 2.1) of a compilation that a baseline is written from.</summary>
internal static class ErrorLog
{
    private const string LineProperty = "BackendPatternsBaselineLine";

    /// <summary>How Roslyn writes that a suppressor has done it; of what the source suppresses it says something else.</summary>
    private const string BySuppressor = "DiagnosticSuppressor";

    /// <summary>The lines of all reports that would be shown without a baseline: not of hidden ones, and not of those that the source suppresses.</summary>
    public static IReadOnlyList<string> LinesIn(string file)
    {
        if (!File.Exists(file))
            throw new BaselineRefusal($"The compiler has written no error log '{file}'; the baseline stays as it is.");
        try
        {
            using var stream = File.OpenRead(file);
            using var json = JsonReaderWriterFactory.CreateJsonReader(stream, XmlDictionaryReaderQuotas.Max);
            if (XDocument.Load(json).Root is not { } root)
                throw new BaselineRefusal($"The error log '{file}' cannot be read: it is empty");
            return root
                .Elements("runs").Elements("item").Elements("results").Elements("item")
                .Where(result => (string?)result.Element("level") != "none" && IsShown(result))
                .Select(result => (string?)result.Element("properties")?.Element("customProperties")?.Element(LineProperty))
                .OfType<string>()
                .ToList();
        }
        catch (Exception damage) when (damage is XmlException or FormatException or InvalidOperationException)
        {
            throw new BaselineRefusal($"The error log '{file}' cannot be read: {damage.Message}");
        }
    }

    private static bool IsShown(XElement result)
    {
        var suppressions = result.Elements("suppressions").Elements("item").ToList();
        return suppressions.Count == 0
            || suppressions.Any(suppression => ((string?)suppression.Element("properties")?.Element("suppressionType"))?.StartsWith(BySuppressor, StringComparison.Ordinal) == true);
    }
}
