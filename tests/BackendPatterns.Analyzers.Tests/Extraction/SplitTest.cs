using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.Tests.Extraction;

/// <summary>Splits every method of the controller in a source and puts the result together: the controller as it becomes, then the service.</summary>
public sealed class SplitTest
{
    private const string Usings = """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;
        using System.Security.Claims;

        """;

    private static readonly string[] MovedTypes = ["ShopContext", "IOrders"];

    private SplitTest(string handlers, string service, string? refusal) => (Handlers, Service, Refusal) = (handlers, service, refusal);

    /// <summary>The methods of the controller as they become; empty where one cannot be split.</summary>
    public string Handlers { get; }

    /// <summary>The methods of the service.</summary>
    public string Service { get; }

    /// <summary>Why a handler cannot be split, or null where all can.</summary>
    public string? Refusal { get; }

    /// <summary>Asserts that the members of a controller with <c>_db</c> become these, and that the service has these methods.</summary>
    public static async Task Becomes(string members, string handlers, string service)
    {
        var test = await Members(members);
        Assert.True(test.Refusal is null, test.Refusal);
        Assert.Equal(handlers.ReplaceLineEndings("\n"), test.Handlers);
        Assert.Equal(service.ReplaceLineEndings("\n"), test.Service);
    }

    /// <summary>Asserts that some data access would have to stay.</summary>
    public static async Task IsRefused(string members) => Assert.NotNull((await Members(members)).Refusal);

    /// <summary>Splits the members of a controller with <c>_db</c>.</summary>
    public static Task<SplitTest> Members(string members) => Class($$"""
        public class OrdersController : ControllerBase
        {
            private readonly ShopContext _db;
            private readonly ILogger<OrdersController> _logger;
            private readonly int _pageSize;

            public OrdersController(ShopContext db, ILogger<OrdersController> logger) { _db = db; _logger = logger; }

        {{Indented(members)}}
        }
        """);

    /// <summary>Splits the first class of a source; the service is called <c>_orders</c> there.</summary>
    public static async Task<SplitTest> Class(string source)
    {
        var test = ModelTest.Compile(Usings + source);
        var semantics = test.Compilation.GetSemanticModel(test.Tree);
        var root = (CompilationUnitSyntax)await test.Tree.GetRootAsync();
        var type = root.Members.OfType<ClassDeclarationSyntax>().First();
        var symbol = semantics.GetDeclaredSymbol(type)!;
        var parameters = symbol.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(_ => type.ParameterList is not null);
        var moved = symbol.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsImplicitlyDeclared && MovedTypes.Contains(field.Type.Name)).Cast<ISymbol>()
            .Concat(parameters.Where(parameter => MovedTypes.Contains(parameter.Type.Name)))
            .ToDictionary(dependency => dependency, dependency => dependency.Name, SymbolEqualityComparer.Default);
        var dependencies = new ServiceDependencies(moved, new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default));
        var draft = new ServiceDraft(["OrderService", .. moved.Values]);
        var changes = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
        {
            if (ActionSplit.Of(method, dependencies, semantics, draft, "_orders", out var refusal, CancellationToken.None) is not { } split)
                return new SplitTest("", "", refusal);
            draft = split.Draft;
            changes[method] = split.Handler;
        }

        return await Assemble(test, type, changes, moved, draft);
    }

    /// <summary>Splits every method of a source that need not compile, and returns why one was refused; null where none was.</summary>
    public static string? Try(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create("Test", [tree, CSharpSyntaxTree.ParseText(Shop.GlobalUsings), CSharpSyntaxTree.ParseText(Shop.Domain)], TestReferences.All);
        var semantics = compilation.GetSemanticModel(tree);
        var type = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First();
        var moved = semantics.GetDeclaredSymbol(type)!.GetMembers().OfType<IFieldSymbol>().ToDictionary<IFieldSymbol, ISymbol, string>(field => field, field => field.Name, SymbolEqualityComparer.Default);
        var dependencies = new ServiceDependencies(moved, new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default));
        string? refusal = null;
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
            refusal = ActionSplit.Of(method, dependencies, semantics, new ServiceDraft([]), "_orders", out var why, CancellationToken.None) is null ? why : refusal;
        return refusal;
    }

    private static async Task<SplitTest> Assemble(ModelTest test, ClassDeclarationSyntax type, Dictionary<SyntaxNode, SyntaxNode> changes, Dictionary<ISymbol, string> moved, ServiceDraft draft)
    {
        var root = (CompilationUnitSyntax)await test.Tree.GetRootAsync();
        var changed = root.ReplaceNodes(changes.Keys, (original, _) => changes[original]);
        var service = SyntaxFactory.ClassDeclaration("OrderService").WithMembers(SyntaxFactory.List<MemberDeclarationSyntax>(draft.Methods.Select(method => method.Declaration())))
            .WithAdditionalAnnotations(Formatter.Annotation);
        var field = SyntaxFactory.ParseMemberDeclaration("    private readonly OrderService _orders = null!;\r\n\r\n".ReplaceLineEndings())!;
        var owner = changed.Members.OfType<ClassDeclarationSyntax>().First();
        var fields = moved.Select(pair => SyntaxFactory.ParseMemberDeclaration($"private readonly {TypeOf(pair.Key)} {pair.Value} = null!;")!);
        changed = changed.ReplaceNode(owner, owner.WithMembers(owner.Members.Insert(0, field)));
        changed = changed.AddMembers(service.WithMembers(service.Members.InsertRange(0, fields)));
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Split", "Split", LanguageNames.CSharp, compilationOptions: test.Compilation.Options, parseOptions: root.SyntaxTree.Options,
            metadataReferences: test.Compilation.References));
        project = project.AddDocument("GlobalUsings.cs", Shop.GlobalUsings).Project.AddDocument("Shop.cs", Shop.Domain).Project;
        var document = project.AddDocument("Test.cs", changed);
        document = await Formatter.FormatAsync(await Simplifier.ReduceAsync(document, Simplifier.Annotation), Formatter.Annotation);
        var errors = (await document.Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error || diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal)).ToList();
        var text = (await document.GetTextAsync()).ToString();
        Assert.True(errors.Count == 0, string.Join(Environment.NewLine, errors) + Environment.NewLine + text);
        var types = (await document.GetSyntaxRootAsync())!.ChildNodes().OfType<ClassDeclarationSyntax>().ToList();
        return new SplitTest(Methods(types[0]), Methods(types[^1]), null);
    }

    private static string Methods(ClassDeclarationSyntax type) =>
        string.Join("\n\n", type.Members.OfType<MethodDeclarationSyntax>().Select(method => method.ToString().ReplaceLineEndings("\n").Replace("\n    ", "\n", StringComparison.Ordinal)));

    private static string TypeOf(ISymbol symbol) => (symbol is IFieldSymbol field ? field.Type : ((IParameterSymbol)symbol).Type).ToDisplayString();

    private static string Indented(string members) => string.Join('\n', members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
