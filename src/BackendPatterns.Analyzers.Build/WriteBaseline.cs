using Microsoft.Build.Framework;

namespace BackendPatterns.Analyzers.Build;

/// <summary>The task of the target <c>BackendPatternsBaseline</c>: writes what the compilations of one project have found.</summary>
public sealed class WriteBaseline : ITask
{
    private const string Code = "BP0002";

    public IBuildEngine BuildEngine { get; set; } = null!;

    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>The error logs, one per target framework, whose name is their metadata <c>Framework</c>.</summary>
    [Required]
    public ITaskItem[] Findings { get; set; } = [];

    /// <summary>The path of the baseline.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <summary>The name of the project that it belongs to.</summary>
    [Required]
    public string Project { get; set; } = "";

    public bool Execute()
    {
        try
        {
            var found = Findings.Select(log => new FrameworkFindings(log.GetMetadata("Framework"), ErrorLog.LinesIn(log.ItemSpec))).ToList();
            Inform(BaselineWriter.Write(File, Project, BaselineText.Lines(found)));
            return true;
        }
        catch (Exception problem) when (problem is BaselineRefusal or IOException or UnauthorizedAccessException)
        {
            BuildEngine.LogErrorEvent(new BuildErrorEventArgs(
                subcategory: null, Code, File, lineNumber: 0, columnNumber: 0, endLineNumber: 0, endColumnNumber: 0, problem.Message, helpKeyword: null, nameof(WriteBaseline)));
            return false;
        }
    }

    private void Inform(string message) =>
        BuildEngine.LogMessageEvent(new BuildMessageEventArgs($"{Project}: {message}", helpKeyword: null, nameof(WriteBaseline), MessageImportance.High));
}
