using System.Security;
using System.Text;
using BackendPatterns.RuleTool.Measure;
using static System.FormattableString;

namespace BackendPatterns.RuleTool.Documents;

/// <summary>The picture of docs/performance.md: own time per 1,000 lines, one bar per package and run, on a linear scale, the shortest first.</summary>
public sealed class PerformancePlot(Repository repository)
{
    public const string File = "docs/images/performance.svg";

    private const int Width = 860;
    private const int Left = 250;
    private const int Widest = 510;
    private const int Top = 66;
    private const int RowHeight = 52;
    private const int BarHeight = 17;

    // Text and bars have a colour for light and one for dark pages; the ground is that of the page.
    private const string Style = """
          <style>
            text { fill: #24292f; }
            .quiet { fill: #57606a; }
            .axis { stroke: #8c959f; }
            .best { fill: #8c959f; }
            .single { fill: #d0d7de; }
            .ours .best { fill: #1a7f37; }
            .ours .single { fill: #7cc48f; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              .quiet { fill: #9198a1; }
              .axis { stroke: #656c76; }
              .best { fill: #9198a1; }
              .single { fill: #484f58; }
              .ours .best { fill: #3fb950; }
              .ours .single { fill: #1f6f33; }
            }
          </style>
        """;

    /// <summary>The picture as text.</summary>
    /// <exception cref="ToolFailure">The figures are missing or damaged.</exception>
    public string Text() => Draw(PerformanceData.Read(repository).Corpus);

    private static string Draw(CorpusFigures? corpus)
    {
        var packages = corpus?.Packages.OrderBy(package => package.Best.Own).ThenBy(package => package.Name, StringComparer.Ordinal).ToList() ?? [];
        var height = Top + (RowHeight * packages.Count) + 14;
        var most = packages.Select(package => Math.Max(package.Best.Own, package.Single.Own)).DefaultIfEmpty(0).Max();
        var svg = new StringBuilder(Invariant(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" font-family="-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="14">
              <title>Own time of the analyzers of each package, in milliseconds per 1,000 lines</title>

            """)).Append(Style.ReplaceLineEndings("\n")).Append('\n');
        svg.Append($"  <text x=\"16\" y=\"26\" font-size=\"16\" font-weight=\"600\">Own time in milliseconds per 1,000 lines</text>\n");
        svg.Append(corpus is null
            ? "  <text x=\"16\" y=\"48\" class=\"quiet\">Not measured yet</text>\n"
            : Invariant($"  <text x=\"16\" y=\"48\" class=\"quiet\">upper bar: best of {corpus.Repeat} passes on one thread; lower bar: single pass on all cores; all rules; {corpus.Lines:N0} lines</text>\n"));
        for (var row = 0; row < packages.Count; row++)
            Row(svg, packages[row], Top + (RowHeight * row), most, isOurs: packages[row] == corpus!.Packages[0]);
        if (packages.Count > 0)
            svg.Append(Invariant($"  <line x1=\"{Left}\" y1=\"{Top - 4}\" x2=\"{Left}\" y2=\"{height - 12}\" class=\"axis\"/>\n"));
        return svg.Append("</svg>\n").Replace("\r", "").ToString();
    }

    private static void Row(StringBuilder svg, PackageFigures package, int y, double most, bool isOurs)
    {
        svg.Append(Invariant($"  <g{(isOurs ? " class=\"ours\"" : "")}>\n"));
        svg.Append(Invariant($"    <text x=\"{Left - 12}\" y=\"{y + 22}\" text-anchor=\"end\"{(isOurs ? " font-weight=\"600\"" : "")}>{SecurityElement.Escape(package.Name)}</text>\n"));
        Bar(svg, "best", package.Best.Own, y, most);
        Bar(svg, "single", package.Single.Own, y + BarHeight + 3, most);
        svg.Append("  </g>\n");
    }

    private static void Bar(StringBuilder svg, string kind, double value, int y, double most)
    {
        var length = most > 0 ? Math.Max(1, value / most * Widest) : 1;
        svg.Append(Invariant($"    <rect x=\"{Left}\" y=\"{y}\" width=\"{length:0.#}\" height=\"{BarHeight}\" class=\"{kind}\"/>\n"));
        svg.Append(Invariant($"    <text x=\"{Left + length + 8:0.#}\" y=\"{y + 13}\" font-size=\"12\" class=\"quiet\">{value:#,0.0}</text>\n"));
    }
}
