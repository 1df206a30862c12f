using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>The figures of docs/performance.json: what was last measured and saved. Times are per 1,000 lines, so that they say little about the machine.</summary>
public sealed record PerformanceData
{
    public const string File = "docs/performance.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The run over real applications, or null where there was none.</summary>
    public CorpusFigures? Corpus { get; init; }

    /// <summary>The benchmarks, empty where none was taken over.</summary>
    public IReadOnlyList<BenchmarkFigures> Benchmarks { get; init; } = [];

    /// <exception cref="ToolFailure">The file is missing or damaged.</exception>
    public static PerformanceData Read(Repository repository) => Parse<PerformanceData>(File, repository.Read(File));

    public void Write(Repository repository) => repository.Write(File, JsonSerializer.Serialize(this, Json).ReplaceLineEndings("\n") + "\n");

    /// <summary>The figures that the benchmarks wrote.</summary>
    /// <exception cref="ToolFailure">The file is damaged or empty.</exception>
    public static IReadOnlyList<BenchmarkFigures> ReadBenchmarks(string file)
    {
        var results = Parse<List<BenchmarkResult>>(file, System.IO.File.ReadAllText(file));
        return results.Count > 0 ? BenchmarkFigures.Of(results) : throw new ToolFailure($"'{file}' has no figures.");
    }

    private static T Parse<T>(string file, string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new ToolFailure($"'{file}' is damaged: it says null.");
        }
        catch (JsonException failure)
        {
            throw new ToolFailure($"'{file}' is damaged: {failure.Message}");
        }
    }
}
