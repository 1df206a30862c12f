using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// Replaces a call that runs one query per item by one call before the loop: of the method's bulk sibling, or of one that is added next to
/// it, to the interface and to its implementations.
/// </summary>
public static class BulkRewrite
{
    /// <summary>
    /// Returns the changed solution and the name of the bulk method, or null where the answers are not provably the same.
    /// </summary>
    public static async Task<(Solution Solution, string Method)?> ApplyAsync(
        Document document, SemanticModel semantics, IInvocationOperation call, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        if (call.Syntax is not InvocationExpressionSyntax site || call.TargetMethod is not { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, ReducedFrom: null }
            || await BulkMember.OfAsync(call.TargetMethod, solution, cancellationToken).ConfigureAwait(false) is not { } called
            || BulkSite.VaryingParameter(call) is not { } keyOrdinal
            || await MethodsBehindAsync(called, keyOrdinal, cancellationToken).ConfigureAwait(false) is not { } methods)
        {
            return null;
        }

        var place = new BulkSite(call, site, BackendModel.For(semantics.Compilation));
        if (await place.PlanAsync(document, methods, cancellationToken).ConfigureAwait(false) is not { } plan)
            return null;
        if (await BulkSibling.FindAsync(called, methods, cancellationToken).ConfigureAwait(false) is { } sibling)
        {
            return place.CallOf(sibling, methods[0]) is { } existing
                ? ((await BatchRewrite.ApplyAsync(document, plan with { Bulk = existing }, semantics, cancellationToken).ConfigureAwait(false)).Project.Solution, sibling.Method.Name)
                : null;
        }

        var members = methods.Select(static method => method.Member).Append(called).GroupBy(static member => member.Declaration).Select(static same => same.First()).ToList();
        if (members.Any(static member => !BulkInsertion.CanFollow(member))
            || await BulkMocks.MentionAsync(called, cancellationToken).ConfigureAwait(false)
            || await BulkNames.FreeAsync(BulkNames.For(methods[0]), members, cancellationToken).ConfigureAwait(false) is not { } name)
        {
            return null;
        }

        var writers = members.Select(member => (Member: member, Text: new BulkText(member, methods.FirstOrDefault(method => method.Member == member) ?? methods[0], name))).ToList();
        var keysName = writers.First(writer => writer.Member.Declaration == called.Declaration).Text.KeysName;
        if (place.CallOf(name, keysName, methods[0]) is not { } added)
            return null;
        var changed = await BatchRewrite.ApplyAsync(document, plan with { Bulk = added }, semantics, cancellationToken).ConfigureAwait(false);
        var insertions = writers.Select(static writer => new BulkInsertion(writer.Member, writer.Text.Write())).ToList();
        changed = (await BulkInsertion.InsertAsync(changed.Project.Solution, insertions, cancellationToken).ConfigureAwait(false)).GetDocument(document.Id)!;
        // A private method of which only the bulk form is left in use; documentation would speak of a method that is gone.
        if (called is { Method.DeclaredAccessibility: Accessibility.Private, Declaration.HasStructuredTrivia: false })
            changed = await BatchHelper.WithoutUnusedAsync(changed, called.Method, cancellationToken).ConfigureAwait(false);
        return (changed.Project.Solution, name);
    }

    /// <summary>Returns the methods that may run, where all are of one kind and take the same key.</summary>
    private static async Task<IReadOnlyList<BulkMethod>?> MethodsBehindAsync(BulkMember called, int keyOrdinal, CancellationToken cancellationToken)
    {
        if (called.Method.ContainingType.IsGenericType || called.Declaration.AttributeLists.Count > 0
            || await BulkMember.BodiesOfAsync(called, cancellationToken).ConfigureAwait(false) is not { } bodies)
        {
            return null;
        }

        var methods = new List<BulkMethod>();
        foreach (var body in bodies)
        {
            if (BulkMethod.Of(body, keyOrdinal, BackendModel.For(body.Semantics.Compilation), cancellationToken) is not { } method || (methods.Count > 0 && !IsAlike(method, methods[0])))
                return null;
            methods.Add(method);
        }

        return methods;
    }

    private static bool IsAlike(BulkMethod one, BulkMethod other) =>
        one.Query.Result == other.Query.Result && one.Query.IsAsync == other.Query.IsAsync
        && one.Query.RowKey.Name == other.Query.RowKey.Name && one.Query.Row.ToDisplayString() == other.Query.Row.ToDisplayString()
        && one.Query.RowKey.Type.ToDisplayString() == other.Query.RowKey.Type.ToDisplayString();
}
