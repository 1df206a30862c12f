using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1002: the member of the same type that takes all keys, and a lookup in the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1002SuspectedQueryInLoopFix() : RuleFix(BP1002SuspectedQueryInLoopAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IInvocationOperation call
            || BulkCounterpart.Of(call) is not { } bulk)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var model = BackendModel.For(semantics.Compilation);
        if (KeyedLoop.Around(call, bulk.Key, model, cancellationToken) is not { } loop || !loop.IsInvariant(call.Instance!, model, cancellationToken)
            || (bulk.CancellationToken is { } token && !loop.IsInvariant(token, model, cancellationToken))
            || !new HarmlessCode(model, other => Verdict(other, call, model), cancellationToken).Is(loop.Loop.Body))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var changed = UsingDirectives.AddMissing(
            Rewrite(root, call, bulk, loop), semantics, loop.Syntax.SpanStart, ("System.Linq", "Enumerable"), ("System.Collections.Generic", "CollectionExtensions"));
        var batched = document.WithSyntaxRoot(changed);
        return await IfItCompilesAsync(document, node, batched, $"Call '{bulk.Method.Name}' before the loop", nameof(BP1002SuspectedQueryInLoopFix), cancellationToken).ConfigureAwait(false);
    }

    private static SyntaxNode Rewrite(SyntaxNode root, IInvocationOperation call, BulkCounterpart bulk, KeyedLoop loop)
    {
        var names = FreshNames.InMember(loop.Syntax);
        var isElement = loop.Key is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, loop.Element);
        var key = isElement ? loop.Element.Name : loop.Key is IPropertyReferenceOperation { Property.Name: var property } ? property is "Id" ? loop.Element.Name + "Id" : FreshNames.Camel(property) : loop.Element.Name + "Key";
        var keys = names.Take(FreshNames.Plural(key), "distinct" + FreshNames.Pascal(FreshNames.Plural(key)));
        var row = call.TargetMethod.ReturnType is INamedTypeSymbol { Arity: 1 } task ? task.TypeArguments[0] : call.TargetMethod.ReturnType;
        var rows = names.Take($"{FreshNames.Camel(FreshNames.Plural(LastWord(row.Name)))}By{bulk.KeyProperty?.Name ?? "Key"}");
        return loop.Rewrite(root, names, Statements, $"{rows}.GetValueOrDefault({bulk.Key.Syntax})");

        IEnumerable<string> Statements(string collection)
        {
            var select = isElement ? collection : $"{collection}.Select({loop.Element.Name} => {loop.Key.Syntax})";
            yield return $"var {keys} = {select}.Distinct().ToList();";
            var token = bulk.CancellationToken is { } given && bulk.Method.Parameters.Length > 1 ? ", " + given.Syntax : "";
            var receiver = call.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax { Expression: Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax member } ? member.Expression + "." : "";
            var load = loop.Replaced.ToString().Replace(call.Syntax.ToString(), $"{receiver}{bulk.Method.Name}({keys}{token})");
            if (bulk.KeyProperty is { } id)
                load = $"{(load.StartsWith("await ", StringComparison.Ordinal) ? $"({load})" : load)}.ToDictionary(row => row.{id.Name})";
            yield return $"var {rows} = {load};";
        }
    }

    private static string LastWord(string name)
    {
        var start = name.Length - 1;
        while (start > 0 && !char.IsUpper(name[start]))
            start--;
        return name.Substring(start);
    }

    /// <summary>Other reads change nothing.</summary>
    private static bool? Verdict(IInvocationOperation other, IInvocationOperation call, BackendModel model)
    {
        if (other.Syntax == call.Syntax)
            return true;
        if (model.DataAccess.Classify(other) is { } trip)
            return trip.Kind is RoundTripKind.DatabaseRead;
        return model.SuspectedReads.Of(other) is not null ? true : null;
    }
}
