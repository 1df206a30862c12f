using System.Globalization;
using System.Text;

namespace BackendPatterns.Analyzers.Build;

/// <summary>Puts a baseline on disk, whole or not at all, and never over the file of another project.</summary>
internal static class BaselineWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the file, or deletes it where there is nothing to write, and says in a sentence what it has done.</summary>
    /// <exception cref="BaselineRefusal">The path holds something else.</exception>
    public static string Write(string file, string project, IReadOnlyList<string> lines)
    {
        var old = File.Exists(file) ? File.ReadAllText(file) : null;
        if (old is not null)
            RefuseWhatIsNotOurs(file, old, project);
        if (lines.Count == 0)
        {
            if (old is null)
                return "nothing is reported; no baseline is needed";
            File.Delete(file);
            return $"nothing is reported; '{file}' is deleted";
        }

        var text = BaselineText.Of(project, lines);
        // Only line ends differ where a version control system has changed them: not worth a change of the file.
        if (old?.Replace("\r\n", "\n") == text)
            return Counted(lines.Count, "reports", file, "is up to date");
        Replace(file, text, isNew: old is null);
        if (old is null)
            return Counted(lines.Count, "reports", file, "is written");
        var before = new HashSet<string>(old.Split('\n').Select(line => line.TrimEnd()).Where(line => line.StartsWith("BP", StringComparison.Ordinal)), StringComparer.Ordinal);
        return Counted(lines.Count, "reports", file, string.Format(
            CultureInfo.InvariantCulture, "is written: {0} added, {1} removed", lines.Count(line => !before.Contains(line)), before.Except(lines, StringComparer.Ordinal).Count()));
    }

    private static void RefuseWhatIsNotOurs(string file, string old, string project)
    {
        var header = old.Split('\n')[0].TrimEnd();
        if (old.Trim().Length == 0 || header == BaselineText.Header(project))
            return;
        var end = header.IndexOf(BaselineText.HeaderProject, StringComparison.Ordinal);
        if (!header.StartsWith(BaselineText.HeaderStart, StringComparison.Ordinal) || end < 0)
            throw new BaselineRefusal($"'{file}' is not a baseline that this package has written; delete it, or name another file in BackendPatternsBaselineFile");
        var format = header.Substring(BaselineText.HeaderStart.Length, end - BaselineText.HeaderStart.Length);
        if (format != BaselineText.Format.ToString(CultureInfo.InvariantCulture))
            throw new BaselineRefusal($"'{file}' has format '{format}', which a newer version of this package has written; update the package or delete the file");
        throw new BaselineRefusal(
            $"'{file}' is the baseline of the project '{header.Substring(end + BaselineText.HeaderProject.Length)}' and not of '{project}'; give every project a file of its own with $(MSBuildProjectName) in "
            + "BackendPatternsBaselineFile, or delete the file after a rename");
    }

    /// <summary>Another build may write the same path at this moment: a new file is only created where there is none, and a reader never sees half of one.</summary>
    private static void Replace(string file, string text, bool isNew)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text, Utf8);
            if (isNew)
                File.Move(temporary, file);
            else
                File.Replace(temporary, file, destinationBackupFileName: null);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Counted(int count, string what, string file, string state) => string.Format(CultureInfo.InvariantCulture, "{0} {1} in the baseline; '{2}' {3}", count, what, file, state);
}
