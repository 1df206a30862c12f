using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>A compiled source for direct tests of the model's questions.</summary>
public sealed class ModelTest
{
    private ModelTest(CSharpCompilation compilation, SyntaxTree tree)
    {
        Compilation = compilation;
        Tree = tree;
        Model = BackendModel.For(compilation);
    }

    public CSharpCompilation Compilation { get; }

    public SyntaxTree Tree { get; }

    public BackendModel Model { get; }

    /// <summary>Compiles a source beside the shop; throws where it does not compile.</summary>
    public static ModelTest Compile(string source, IEnumerable<MetadataReference>? references = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var tree = CSharpSyntaxTree.ParseText(source, options, "Test.cs");
        var compilation = CSharpCompilation.Create(
            "Test",
            [tree, CSharpSyntaxTree.ParseText(Shop.GlobalUsings, options, "GlobalUsings.cs"), CSharpSyntaxTree.ParseText(Shop.Domain, options, "Shop.cs")],
            references ?? TestReferences.All,
            new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable));
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
        return new ModelTest(compilation, tree);
    }

    /// <summary>The operation of the first node of this kind whose text starts with <paramref name="text"/>.</summary>
    public IOperation Operation<TNode>(string text)
        where TNode : SyntaxNode
    {
        var node = Tree.GetRoot().DescendantNodes().OfType<TNode>().First(candidate => candidate.ToString().StartsWith(text, StringComparison.Ordinal));
        return Model.SemanticModelOf(Tree)!.GetOperation(node) ?? throw new InvalidOperationException("No operation for " + text);
    }

    /// <summary>The call whose text starts with <paramref name="text"/>.</summary>
    public IOperation Call(string text) => Operation<InvocationExpressionSyntax>(text);
}
