using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What data is called.</summary>
internal static class DataNouns
{
    private static readonly string[] Roles = ["ViewModel", "Response", "Request", "Entity", "Model", "Dto", "DTO", "Vm", "VM", "Form", "Row"];

    private static readonly HashSet<string> VagueNames = new(
        [
            "result", "results", "query", "data", "model", "models", "viewModel", "vm", "item", "items", "list", "response", "entity", "entities", "dto", "dtos", "value", "values",
            "existing", "found", "record", "records", "output", "res", "ret", "obj", "temp", "gridData", "exists", "any", "count", "total", "toDelete", "toUpdate", "json", "view",
        ],
        StringComparer.Ordinal);

    // UpdateRoomViewModel is a room, as one who updates it sees it.
    private static readonly string[] FormVerbs = ["Update", "Create", "Edit", "New", "Add"];

    private static readonly string[] Questions = ["Is", "Has", "Have", "Can", "Are", "Should", "Was", "Does"];

    /// <summary>True for a variable that does not say what it holds.</summary>
    public static bool IsVague(string variable) => variable.Length < 3 || VagueNames.Contains(variable);

    /// <summary>True for <c>IsTaken</c>: it can be the name of a method as it is.</summary>
    public static bool IsQuestion(string name) => Questions.Any(word => name.Length > word.Length && name.StartsWith(word, StringComparison.Ordinal) && char.IsUpper(name[word.Length]));

    /// <summary>True for a type that is named after what it is: an entity, a DTO.</summary>
    public static bool IsObject(ITypeSymbol type) =>
        (type.ElementTypeOfSequence() ?? type) is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false, IsAnonymousType: false } named
        && !named.ContainingNamespace.IsBelow("System");

    /// <summary>Returns the noun of a type, or null where its name says nothing of the data.</summary>
    public static string? OfType(ITypeSymbol? type, bool isPlural)
    {
        var element = type?.ElementTypeOfSequence() ?? type;
        if (element is null || !IsObject(element))
            return null;
        var name = element.Name;
        foreach (var role in Roles)
        {
            if (name.Length > role.Length && name.EndsWith(role, StringComparison.Ordinal))
            {
                name = name.Substring(0, name.Length - role.Length);
                break;
            }
        }

        foreach (var verb in FormVerbs)
        {
            if (name.Length > verb.Length && name.StartsWith(verb, StringComparison.Ordinal) && char.IsUpper(name[verb.Length]))
                name = name.Substring(verb.Length);
        }

        return isPlural ? FreshNames.Plural(name) : name;
    }
}
