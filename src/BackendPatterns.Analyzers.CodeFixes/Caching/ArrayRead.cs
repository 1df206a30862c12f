using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Caching;

/// <summary>Reads per element become one read of all keys before the loop, and a lookup in it.</summary>
public static class ArrayRead
{
    /// <summary>Returns the changed file, or null where the answers are not provably the same.</summary>
    public static SyntaxNode? Rewrite(SyntaxNode root, IInvocationOperation call, ArrayCommand command, SemanticModel semantics, BackendModel model, CancellationToken cancellationToken)
    {
        if (KeyedLoop.Around(call, command.Varying[0], model, cancellationToken) is not { } loop || command.MayBeNull(loop.Key, semantics)
            || !loop.IsInvariant(call.Instance!, model, cancellationToken) || (command.Fixed is { } hash && !loop.IsInvariant(hash, model, cancellationToken)))
        {
            return null;
        }

        if (!new HarmlessCode(model, other => Verdict(other, call, model), cancellationToken).Is(loop.Loop.Body))
            return null;
        var names = FreshNames.InMember(loop.Syntax);
        var isHash = command.Fixed is not null;
        var keys = names.Take(isHash ? "fields" : "keys", isHash ? "hashFields" : "cacheKeys");
        var values = names.Take(isHash ? "valuesByField" : "valuesByKey");
        var key = command.Varying[0].Unwrap().Syntax;
        root = loop.Rewrite(root, names, collection => Statements(collection, loop, call, command, keys, values), $"{values}[{key}]");
        return UsingDirectives.AddMissing(root, semantics, loop.Syntax.SpanStart, ("System.Linq", "Enumerable"));
    }

    private static IEnumerable<string> Statements(string collection, KeyedLoop loop, IInvocationOperation call, ArrayCommand command, string keys, string values)
    {
        var element = command.ElementText([loop.Key]);
        var select = element == loop.Element.Name ? collection : $"{collection}.Select({loop.Element.Name} => {element})";
        yield return $"var {keys} = {select}.Distinct().ToArray();";
        var hash = command.Fixed is { } key ? key.Unwrap().Syntax + ", " : "";
        var read = loop.Replaced.ToString().Replace(call.Syntax.ToString(), $"{call.Instance!.Syntax}.{call.TargetMethod.Name}({hash}{keys})");
        yield return $"var {values} = {keys}.Zip({read}).ToDictionary(pair => pair.First, pair => pair.Second);";
    }

    /// <summary>Other reads change nothing; what any other round trip changes is not known.</summary>
    private static bool? Verdict(IInvocationOperation other, IInvocationOperation call, BackendModel model)
    {
        if (other.Syntax == call.Syntax)
            return true;
        if (model.DataAccess.Classify(other) is not { } trip)
            return other.TargetMethod.ContainingNamespace.Is("StackExchange.Redis") && other.TargetMethod.Name is "GetDatabase" ? true : null;
        return trip.Kind is RoundTripKind.DatabaseRead || (trip.Library is DataLibrary.Redis && IsPlainRead(other.TargetMethod.Name));
    }

    private static bool IsPlainRead(string name) =>
        name is "StringGet" or "StringGetAsync" or "HashGet" or "HashGetAsync" or "HashGetAll" or "HashGetAllAsync" or "KeyExists" or "KeyExistsAsync" or "SetMembers" or "SetMembersAsync"
            or "SetContains" or "SetContainsAsync" or "HashExists" or "HashExistsAsync" or "ListRange" or "ListRangeAsync";
}
