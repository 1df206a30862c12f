using System.Globalization;
using BackendPatterns.Analyzers.Tests.Robustness.Mutation;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Robustness.Deep;

/// <summary>
/// Analyses the deep sources in a process of its own, which a stack overflow may end: the last line that was written names the source then. The stacks are as small as the variable
/// <see cref="StackVariable"/> makes them.
/// </summary>
internal static class DeepCommand
{
    /// <summary>The variable of the runtime for the size of the stack of every thread, in hexadecimal bytes.</summary>
    public const string StackVariable = "DOTNET_Thread_DefaultStackSize";

    /// <summary>1 MB, what a thread has on Windows, and 8 MB, what it has on Linux.</summary>
    public const string SmallStack = "100000";
    public const string LargeStack = "800000";

    public const string Starts = "starts: ";
    public const string Failed = "failed: ";
    public const string Done = "done";

    /// <summary>The compiler alone: whether it is the one that fails.</summary>
    public const string CompilerAlone = "--compiler";

    private static readonly DocumentExaminer Examiner = new(new DocumentExaminer.Effort(FixedReports: 2, WholeProject: true, Facts: true));

    /// <summary>
    /// Analyses the sources from a number on whose names have all these words, each a part as deep: <c>deep [--compiler] part number words</c>; with <see cref="CompilerAlone"/> without any
    /// rule.
    /// </summary>
    public static async Task<int> Run(string[] arguments)
    {
        var isCompilerAlone = arguments is [CompilerAlone, ..];
        var words = arguments.Skip(isCompilerAlone ? 1 : 0).ToList();
        var sources = new DeepSources(Number(0, 1)).All();
        var surroundings = new Surroundings();
        var failures = 0;
        for (var number = Number(1, 0); number < sources.Length; number++)
        {
            var (name, text) = sources[number];
            if (!words.Skip(2).All(word => name.Contains(word, StringComparison.Ordinal)))
                continue;
            Console.WriteLine($"{Starts}{number} {name}");
            var clock = Environment.CpuUsage.TotalTime;
            var document = surroundings.Place(text);
            using var limit = new ProcessorTimeLimit(ProcessorTimeLimit.PerDocument);
            try
            {
                var outcome = await limit.Run(cancellation => isCompilerAlone ? ReadOperations(document, cancellation) : Examiner.Examine([document], new Random(1), cancellation));
                Console.WriteLine($"ends: {outcome.Reports} reports, {outcome.FixesApplied} fixes, {(Environment.CpuUsage.TotalTime - clock).TotalMilliseconds:F0} ms of processor time");
                foreach (var finding in outcome.Findings)
                    Fail($"{name}: {finding.Where}: {finding.What}");
            }
            catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
            {
                if (await Compiler.IsSlowWith(document.Project))
                    Console.WriteLine("ends: the compiler alone takes as long");
                else
                    Fail($"{name}: {exception}");
            }
        }

        Console.WriteLine(Done);
        return failures == 0 ? 0 : 1;

        int Number(int at, int otherwise) => at < words.Count ? int.Parse(words[at], CultureInfo.InvariantCulture) : otherwise;

        void Fail(string what)
        {
            failures++;
            Console.WriteLine(Failed + what);
        }
    }

    private static async Task<DocumentExaminer.Outcome> ReadOperations(Document document, CancellationToken cancellation)
    {
        await Compiler.ReadOperations((await document.Project.GetCompilationAsync(cancellation))!, cancellation);
        return new DocumentExaminer.Outcome(0, 0, []);
    }
}
