using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Build;

namespace BackendPatterns.Analyzers.Tests.Baseline;

/// <summary>What the task of the build puts on disk, and what it refuses to overwrite.</summary>
public sealed class BaselineWriterTests : IDisposable
{
    private const string First = "BP1001 Shop.A.Run 3f2a9c1d0b4e.0-77ab01c29d10.0";
    private const string Second = "BP1001 Shop.B.Run 3f2a9c1d0b4e.0-77ab01c29d10.0";

    private readonly string _folder = Directory.CreateTempSubdirectory("baseline-").FullName;

    private string Target => Path.Combine(_folder, "sub", "backendpatterns.baseline");

    [Fact]
    public void Written_IsReadByTheAnalyzers()
    {
        Assert.Equal(BaselineFile.Header("Shop"), BaselineText.Header("Shop"));
        BaselineWriter.Write(Target, "Shop", [First, Second]);
        var read = BaselineFile.Read(Microsoft.CodeAnalysis.Text.SourceText.From(File.ReadAllText(Target)), "Shop");
        Assert.Empty(read.Damages);
        Assert.Equal([First, Second], read.Entries.Select(entry => BaselineEntry.Line(entry.Rule, entry.Member, entry.Fingerprint)));
    }

    [Fact]
    public void WrittenAgain_SaysWhatHasChanged()
    {
        Assert.Contains("2 reports in the baseline", BaselineWriter.Write(Target, "Shop", [First, Second]), StringComparison.Ordinal);
        var time = File.GetLastWriteTimeUtc(Target);
        Assert.EndsWith("is up to date", BaselineWriter.Write(Target, "Shop", [First, Second]), StringComparison.Ordinal);
        File.WriteAllText(Target, File.ReadAllText(Target).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.EndsWith("is up to date", BaselineWriter.Write(Target, "Shop", [First, Second]), StringComparison.Ordinal);
        Assert.EndsWith("is written: 0 added, 1 removed", BaselineWriter.Write(Target, "Shop", [First]), StringComparison.Ordinal);
        Assert.Equal(["backendpatterns.baseline"], Directory.GetFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
        Assert.True(time > DateTime.UnixEpoch);
    }

    [Fact]
    public void NothingToWrite_LeavesNoFile()
    {
        Assert.Equal("nothing is reported; no baseline is needed", BaselineWriter.Write(Target, "Shop", []));
        BaselineWriter.Write(Target, "Shop", [First]);
        BaselineWriter.Write(Target, "Shop", []);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("# Read me\n", "is not a baseline that this package has written")]
    [InlineData("<<<<<<< HEAD\n", "is not a baseline that this package has written")]
    [InlineData("# BackendPatterns baseline, format 2, project Shop\n", "has format '2', which a newer version of this package has written")]
    [InlineData("# BackendPatterns baseline, format 1, project Store\n", "is the baseline of the project 'Store' and not of 'Shop'")]
    public void FileOfSomeoneElse_IsNotTouched(string text, string says)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, text);
        Assert.Contains(says, Assert.Throws<BaselineRefusal>(() => BaselineWriter.Write(Target, "Shop", [First])).Message, StringComparison.Ordinal);
        Assert.Throws<BaselineRefusal>(() => BaselineWriter.Write(Target, "Shop", []));
        Assert.Equal(text, File.ReadAllText(Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# BackendPatterns baseline, format 1, project Shop\n<<<<<<< HEAD\n")]
    public void OwnDamagedFile_IsWrittenAnew(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, text);
        BaselineWriter.Write(Target, "Shop", [First]);
        Assert.Equal(BaselineText.Of("Shop", [First]), File.ReadAllText(Target));
    }

    [Fact]
    public void ProjectsThatShareAFile_NeverOverwriteEachOther()
    {
        var winners = new ConcurrentBag<string>();
        Parallel.For(0, 16, i =>
        {
            var project = $"Project{i}";
            try
            {
                BaselineWriter.Write(Target, project, [First]);
                winners.Add(project);
            }
            catch (Exception refusal) when (refusal is BaselineRefusal or IOException)
            {
                Assert.NotEmpty(refusal.Message);
            }
        });
        Assert.Equal(BaselineText.Header(Assert.Single(winners)), File.ReadLines(Target).First());
    }

    [Fact]
    public void ReportsOfSomeTargetFrameworks_NameThem() => Assert.Equal(
        [First, Second + " net10.0,net9.0"],
        BaselineText.Lines([new("net9.0", [Second, First, First]), new("net10.0", [First, Second]), new("net8.0", [First])]));

    [Fact]
    public void ErrorLog_GivesWhatWouldBeShown()
    {
        var file = Path.Combine(_folder, "log.sarif");
        File.WriteAllText(file, $$"""
            {
              "version": "2.1.0",
              "runs": [ { "results": [
                { "ruleId": "BP1001", "level": "warning", "properties": { "warningLevel": 1, "customProperties": { "BackendPatternsBaselineLine": "shown by a rule" } } },
                { "ruleId": "BP1001", "level": "note", "suppressions": [ { "kind": "inSource", "properties": { "suppressionType": "DiagnosticSuppressor { Suppression Id: BaselineBP1001 }" } } ],
                  "properties": { "customProperties": { "BackendPatternsBaselineLine": "kept by the suppressor", "other": "é" } } },
                { "ruleId": "BP1001", "level": "warning", "suppressions": [ { "kind": "inSource", "properties": { "suppressionType": "Pragma Directive" } } ],
                  "properties": { "customProperties": { "BackendPatternsBaselineLine": "suppressed in source" } } },
                { "ruleId": "BP1001", "level": "none", "properties": { "customProperties": { "BackendPatternsBaselineLine": "hidden" } } },
                { "ruleId": "CA1822", "level": "warning" }
              ] } ]
            }
            """);
        Assert.Equal(["shown by a rule", "kept by the suppressor"], ErrorLog.LinesIn(file));
    }

    [Theory]
    [InlineData(null, "has written no error log")]
    [InlineData("{ \"runs\": [", "cannot be read")]
    [InlineData("", "cannot be read")]
    public void DamagedErrorLog_IsRefused(string? text, string says)
    {
        var file = Path.Combine(_folder, "log.sarif");
        if (text is not null)
            File.WriteAllText(file, text);
        Assert.Contains(says, Assert.Throws<BaselineRefusal>(() => ErrorLog.LinesIn(file)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
