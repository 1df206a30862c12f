using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Benchmarks;

/// <summary>A document that was just typed in, and the compilation with it. Documents of all kinds take turns, each time others of their kind.</summary>
internal sealed class TypedDocument
{
    private static readonly string[] Kinds =
    [
        "Controller.cs", "Endpoints.cs", "Service.cs", "Repository.cs", "Worker.cs", "Client.cs", "DbContext.cs", "Configuration.cs", "Statement.cs", "Workflow.cs", "Reader.cs", "Schedule.cs",
    ];

    private Compilation? _compilation;
    private SyntaxTree? _document;
    private int _turn;

    /// <summary>Adds a member to the document whose turn it is: the largest change that a keystroke makes, as other documents could use it.</summary>
    public void TypeInto(Compilation before)
    {
        var kind = Kinds[_turn % Kinds.Length];
        var documents = before.SyntaxTrees.Where(tree => IsOf(kind, Path.GetFileName(tree.FilePath))).ToList();
        var document = documents[_turn / Kinds.Length * 7 % documents.Count];

        // The compiler has shown its diagnostics of the document that is open.
        before.GetSemanticModel(document).GetDiagnostics();
        var text = document.GetText();
        var member = string.Create(CultureInfo.InvariantCulture, $"    private const int Typed{_turn} = {_turn};\n");
        _document = document.WithChangedText(text.WithChanges(new TextChange(new TextSpan(text.ToString().LastIndexOf('}'), 0), member)));
        _compilation = before.ReplaceSyntaxTree(document, _document);
        _turn++;
    }

    /// <summary>The compiler's diagnostics of the document, which an editor shows without any analyzer.</summary>
    public int Compile() => _compilation!.GetSemanticModel(_document!).GetDiagnostics().Length;

    /// <summary>The reports in the document as an editor asks for them, which includes what the compiler says.</summary>
    public async Task<int> Analyse()
    {
        var analysis = Subject.Analysis(_compilation!);
        var syntax = await analysis.GetAnalyzerSyntaxDiagnosticsAsync(_document!, CancellationToken.None);
        var semantic = await analysis.GetAnalyzerSemanticDiagnosticsAsync(_compilation!.GetSemanticModel(_document!), filterSpan: null, CancellationToken.None);
        return syntax.Length + semantic.Length;
    }

    private static bool IsOf(string kind, string file) => file.EndsWith(kind, StringComparison.Ordinal) && !(file[0] == 'I' && char.IsUpper(file[1]));
}
