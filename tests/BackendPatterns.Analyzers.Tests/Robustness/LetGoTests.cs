using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Baseline;
using BackendPatterns.Analyzers.Tests.Baseline;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>An editor makes a compilation per keystroke, out of the same trees, references and options but for one tree. What the rules know of an old one goes with it.</summary>
public class LetGoTests
{
    private const int Edits = 3;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = [.. AllRules.Analyzers];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EditedCompilation_IsLetGo(bool hasBaseline)
    {
        var files = SourceFolder.Read("samples/Markets.Api").Files.Add(("ImplicitUsings.cs", SourceFolder.ImplicitUsings));
        var trees = files.Select(file => SourceFolder.Parse(file.Text, file.Path)).ToImmutableArray();
        var options = BaselineRun.Options(hasBaseline ? BaselineFile.Header(BaselineRun.Project) + "\n" : null, BaselineRun.Build);
        var compilations = new List<WeakReference>();
        for (var edit = 0; edit < Edits; edit++)
            compilations.Add(await Analyzed(trees.Add(SourceFolder.Parse($"internal class Edit{edit} {{ }}", "Edit.cs")), options));

        // What is awaited last may still be held by the machine that awaited it.
        Assert.InRange(Alive(compilations), 0, 1);
        GC.KeepAlive(trees);
        GC.KeepAlive(options);
    }

    private static async Task<WeakReference> Analyzed(ImmutableArray<SyntaxTree> trees, AnalyzerOptions options)
    {
        var compilation = CSharpCompilation.Create("Test", trees, TestReferences.All, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var witness = new Witness();
        var run = compilation.WithAnalyzers(Rules.Add(witness), new CompilationWithAnalyzersOptions(options, null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        Assert.NotEmpty(await run.GetAnalyzerDiagnosticsAsync(CancellationToken.None));
        return witness.Compilation!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Alive(List<WeakReference> references)
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return references.Count(reference => reference.IsAlive);
    }

#pragma warning disable RS1001, RS1022, RS1025, RS1026 // It is not offered to anyone.
    /// <summary>Sees the compilation that rules see: a copy of the one that was handed over.</summary>
    private sealed class Witness : DiagnosticAnalyzer
    {
        public WeakReference? Compilation { get; private set; }

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [new("NONE", "None", "None", "None", DiagnosticSeverity.Info, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterCompilationStartAction(start =>
            {
                Compilation = new WeakReference(start.Compilation);
                start.RegisterSymbolAction(_ => { }, SymbolKind.NamedType);
            });
        }
    }
#pragma warning restore RS1001, RS1022, RS1025, RS1026
}
