using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Behaviour.Tests.Architecture;

/// <summary>Runs the actions of a controller before and after its data access went into a service.</summary>
internal static class SplitScenario
{
    /// <summary>
    /// Asserts that the calls of a controller answer the same before and after the split, leave the same rows, and send the same SQL commands in the same
    /// order, and that the controller has no use of its context left.
    /// </summary>
    public static async Task SameAnswers(string members, string calls)
    {
        using var workspace = new AdhocWorkspace();
        var document = BeforeAndAfter.Open(workspace, Source(members, calls));
        var before = await ScenarioRun.Of((await document.Project.GetCompilationAsync())!);
        var split = await Split(document);
        var text = (await split.GetTextAsync()).ToString();
        var after = await ScenarioRun.Of((await split.Project.GetCompilationAsync())!);
        Assert.True(before.Answer == after.Answer, $"Before:\n{before.Answer}\nAfter:\n{after.Answer}\n{text}");
        Assert.DoesNotContain("nothing was called", before.Answer, StringComparison.Ordinal);
        Assert.Equal(before.Rows, after.Rows);
        Assert.True(before.Commands.SequenceEqual(after.Commands), string.Join("\n", before.Commands) + "\nAfter:\n" + string.Join("\n", after.Commands) + text);
        Assert.Equal(before.Saves, after.Saves);
    }

    private static string Source(string members, string calls) => $$"""
        using System.Security.Claims;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore.Storage;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            public const string Secret = "none";
            private readonly int _pageSize = 2;

        {{members}}
        }

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                var answers = new List<object?>();
                var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "3"), new Claim(ClaimTypes.Role, "clerk")], "test"));
                var c = new OrdersController(db) { ControllerContext = new ControllerContext { HttpContext = new DefaultHttpContext { User = user } } };
                {{calls}}
                return answers.Count == 0 ? "nothing was called" : answers;

                async Task Call(Func<OrdersController, Task<object?>> action)
                {
                    try
                    {
                        answers.Add(Shown(await action(c)));
                    }
                    catch (Exception error)
                    {
                        answers.Add(error.GetType().Name + error.Message);
                    }
                }

                static object? Shown(object? answer) => answer switch
                {
                    IStatusCodeActionResult status => new { Kind = answer.GetType().Name, status.StatusCode, Value = (answer as ObjectResult)?.Value },
                    Microsoft.AspNetCore.Mvc.Infrastructure.IConvertToActionResult typed => Shown(typed.Convert()),
                    _ => answer,
                };
            }
        }
        """.Replace("IStatusCodeActionResult", "Microsoft.AspNetCore.Mvc.Infrastructure.IStatusCodeActionResult", StringComparison.Ordinal);

    private static async Task<Document> Split(Document document)
    {
        var semantics = (await document.GetSemanticModelAsync())!;
        var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync())!;
        var type = root.Members.OfType<ClassDeclarationSyntax>().First();
        var context = semantics.GetDeclaredSymbol(type.ParameterList!.Parameters[0])!;
        var dependencies = new ServiceDependencies(
            new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default) { [context] = "db" }, new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default));
        var draft = new ServiceDraft(["OrderService", "db"]);
        var changes = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
        {
            var split = ActionSplit.Of(method, dependencies, semantics, draft, "orderService", out var refusal, CancellationToken.None);
            Assert.True(split is not null, refusal);
            draft = split.Draft;
            changes[method] = split.Handler;
        }

        Assert.NotEmpty(draft.Methods);
        changes[type.ParameterList] = SyntaxFactory.ParseParameterList("(OrderService orderService)");
        var opening = root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Single(creation => creation.Type.ToString() == "OrdersController").ArgumentList!;
        changes[opening] = SyntaxFactory.ParseArgumentList("(new OrderService(db))");
        var service = SyntaxFactory.ClassDeclaration("OrderService").WithParameterList(SyntaxFactory.ParseParameterList("(ShopContext db)"))
            .WithMembers(SyntaxFactory.List<MemberDeclarationSyntax>(draft.Methods.Select(method => method.Declaration()))).WithAdditionalAnnotations(Formatter.Annotation)
            .WithModifiers(SyntaxFactory.TokenList(SyntaxFactory.Token(SyntaxKind.PublicKeyword)));
        var changed = root.ReplaceNodes(changes.Keys, (original, _) => changes[original]).AddMembers(service);
        return await Formatter.FormatAsync(await Simplifier.ReduceAsync(document.WithSyntaxRoot(changed), Simplifier.Annotation), Formatter.Annotation);
    }
}
