using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>A handler whose data access went into methods of a service.</summary>
/// <param name="Handler">The handler as it becomes: the same declaration with another body; its parameters are untouched.</param>
/// <param name="Draft">The service with the methods that this handler needs.</param>
public sealed record ActionSplit(SyntaxNode Handler, ServiceDraft Draft)
{
    /// <summary>The refusal where a part of a handler cannot become a method, such as a query of anonymous objects.</summary>
    public const string DataStays = "some data access has to stay";

    private const int MostText = 40_000;

    // A chain of two hundred calls; what follows data flow and asks for parents takes the square of it, and compilers recurse.
    private const int MostDepth = 400;

    /// <summary>
    /// Moves the data access of one handler. Returns null where it is not provable that the handler does the same afterwards, or where a moved
    /// dependency would stay used; <paramref name="refusal"/> says why. A handler without data access is returned as it is.
    /// </summary>
    /// <param name="handler">A method, a lambda, an anonymous method or a local function.</param>
    /// <param name="dependencies">What moves, and what the service may take besides.</param>
    /// <param name="semantics">The model of the handler's file.</param>
    /// <param name="draft">The service so far; it is not changed.</param>
    /// <param name="service">The expression that names the service in the handler: <c>_marketService</c>.</param>
    /// <param name="refusal">The reason for a null answer.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static ActionSplit? Of(
        SyntaxNode handler, ServiceDependencies dependencies, SemanticModel semantics, ServiceDraft draft, string service, out string? refusal, CancellationToken cancellationToken)
    {
        var scope = new SplitScope(handler, dependencies, semantics, service, cancellationToken);
        refusal = null;
        if (scope.Body is not { } body || scope.Method is null || body.Span.Length > MostText || IsDeep(body))
            return Refused("the handler has no body that can be read", out refusal);
        if (DeclaresService(body, service))
            return Refused("a variable has the name of the service", out refusal);
        var marks = new CodeMarks(scope, body);
        if (!marks.HasData(body))
            return new ActionSplit(handler, draft);
        if (new BodySplit(scope, marks).Regions(body) is not { } regions)
            return Refused(DataStays, out refusal);
        var names = new MethodNames(scope);
        var edits = new List<(Region Region, SyntaxNode Call)>();
        foreach (var region in regions)
        {
            var writer = new RegionMethod(region, scope);
            var candidates = names.For(region, regions);
            if (writer.Write(candidates[0]) is not { } written)
                return Refused("a name means something else in the service", out refusal);
            if (draft.With(written, candidates) is not var (extended, method))
                return Refused("too many steps of the handlers would have the same name", out refusal);
            var isShared = extended == draft;
            draft = extended;
            var call = new RegionCall(region, scope);
            edits.Add((region, region.Expression is null ? call.Statement(method, writer.Arguments, isShared) : call.Expression(method, writer.Arguments)));
        }

        return new ActionSplit(HandlerEdits.Apply(scope, edits), draft);
    }

    private static bool IsDeep(SyntaxNode body)
    {
        var pending = new Stack<(SyntaxNode Node, int Depth)>();
        pending.Push((body, 0));
        while (pending.Count > 0)
        {
            var (node, depth) = pending.Pop();
            if (depth > MostDepth)
                return true;
            foreach (var child in node.ChildNodes())
                pending.Push((child, depth + 1));
        }

        return false;
    }

    private static bool DeclaresService(SyntaxNode body, string service) => body.DescendantNodes().Any(node => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText == service,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == service,
        ParameterSyntax parameter => parameter.Identifier.ValueText == service,
        ForEachStatementSyntax loop => loop.Identifier.ValueText == service,
        _ => false,
    });

    private static ActionSplit? Refused(string reason, out string? refusal)
    {
        refusal = reason;
        return null;
    }
}
