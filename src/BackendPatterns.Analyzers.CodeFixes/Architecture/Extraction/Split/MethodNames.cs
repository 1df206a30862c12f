using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a service method is called: a verb for what it does with the data and a noun for the data.</summary>
internal sealed class MethodNames
{
    private readonly SplitScope _scope;
    private readonly string _action;

    public MethodNames(SplitScope scope)
    {
        _scope = scope;
        _action = ActionName.Of(scope.Handler);
    }

    /// <summary>Returns the names in the order in which they should be tried.</summary>
    public IReadOnlyList<string> For(Region region, IReadOnlyList<Region> all)
    {
        var operations = DataOperations.In(region, _scope);
        var stem = OnlyCall.NameOf(region, _scope) ?? (operations.Writes is { } verb ? OfWrite(region, operations, verb, all) : OfRead(region, operations));
        var candidates = new List<string> { stem };
        if (operations.Included.Count is 1 or 2 && operations.Writes is null)
            candidates.Add($"{stem}With{string.Join("And", operations.Included)}");
        var filters = region.Flow.Inputs.Where(static input => input.Name.Length > 1 && !IsToken(input)).Select(static input => FreshNames.Pascal(input.Name)).Take(2).ToList();
        if (filters.Count > 0 && operations.Writes is null)
            candidates.Add($"{stem}By{string.Join("And", filters)}");
        if (_action.Length > 0 && !stem.EndsWith(_action, StringComparison.Ordinal))
            candidates.Add($"{stem}For{_action}");
        var suffix = region.IsAsync || (region.Flow.Returned?.IsTask() ?? false) ? "Async" : "";
        return candidates.ConvertAll(candidate => candidate + suffix);
    }

    private string OfWrite(Region region, DataOperations operations, string verb, IReadOnlyList<Region> all)
    {
        if (ActionName.IsOwnVerb(_action) && !StartsWithNoun(operations) && all.All(other => other == region || DataOperations.In(other, _scope).Writes is null))
            return _action;
        var noun = operations.Subject is { } subject ? DataNouns.OfType(subject, isPlural: false) : null;
        if (noun is null && region.Flow.Inputs.FirstOrDefault(input => DataNouns.IsObject(TypeOf(input))) is { } input)
            noun = DataNouns.OfType(TypeOf(input), isPlural: TypeOf(input).ElementTypeOfSequence() is not null);
        noun ??= operations.Root;
        if (noun is null)
            return ActionName.IsOwnVerb(_action) ? _action : verb is "Save" ? "SaveChanges" : verb + (_action.Length > 0 ? _action : "Data");
        return verb + (operations.IsOfMany ? FreshNames.Plural(FreshNames.Singular(noun) is "item" ? noun : FreshNames.Singular(noun)) : noun);
    }

    // ProductDetail is no verb.
    private bool StartsWithNoun(DataOperations operations) =>
        (operations.Root is { } root && _action.StartsWith(root, StringComparison.Ordinal))
        || (operations.Subject is { } subject && _action.StartsWith(subject.Name, StringComparison.Ordinal));

    private string OfRead(Region region, DataOperations operations)
    {
        if (region.Flow.Outputs.Length > 1)
            return "Get" + string.Join("And", region.Flow.Outputs.Select(static output => FreshNames.Pascal(output.Name)));
        var output = region.Flow.Outputs.FirstOrDefault();
        var type = region.Flow.Returned?.UnwrapTask() ?? (output is null ? null : TypeOf(output).UnwrapTask());
        var named = output is not null && !DataNouns.IsVague(output.Name) ? FreshNames.Pascal(output.Name) : null;
        if (type?.SpecialType is SpecialType.System_Boolean)
            return named is not null && DataNouns.IsQuestion(named) ? named : $"{named ?? operations.Root ?? "Any"}Exists".Replace("ExistsExists", "Exists").Replace("ExistExists", "Exists");
        if (operations.Terminal is "Count" or "LongCount")
            return "Count" + FreshNames.Plural(operations.Root ?? "Row");
        var element = type?.ElementTypeOfSequence();
        var noun = named ?? DataNouns.OfType(element ?? type, element is not null) ?? (ActionName.IsCommon(_action) ? null : _action);
        noun ??= operations.Root is { } root ? element is null ? root : FreshNames.Plural(root) : "Value";
        var verb = operations.Terminal is "FirstOrDefault" or "SingleOrDefault" or "LastOrDefault" or "Find" && element is null && !region.MakesItsResult ? "Find" : "Get";
        return noun.StartsWith(verb, StringComparison.Ordinal) ? noun : verb + noun;
    }

    private static bool IsToken(ISymbol input) => TypeOf(input) is { Name: "CancellationToken" };

    private static ITypeSymbol TypeOf(ISymbol variable) => variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;
}
