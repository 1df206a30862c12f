using System.Collections.Immutable;
using System.Globalization;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The text of a fact, as the attributes of an assembly carry it: <c>version|member|type arguments|kind|library|parameters|step&gt;step</c>. Projects may be built with
/// different versions of this package, so a text of another version, or a damaged one, counts as absent.
/// </summary>
public static class FactText
{
    /// <summary>The key of the assembly attribute.</summary>
    public const string Key = "BackendPatterns.RoundTrip";

    private const string Version = "1";
    private const char Field = '|';
    private const char Step = '>';

    /// <summary>Returns the text of a fact, or null where a name in it cannot be written.</summary>
    public static string? Of(MethodFact fact)
    {
        foreach (var step in fact.Steps)
        {
            if (step.Length == 0 || step.IndexOf(Field) >= 0 || step.IndexOf(Step) >= 0)
                return null;
        }

        return string.Join(
            "|", Version, fact.Member.Id, fact.Member.TypeArguments, fact.Kind.ToString(), fact.Library.ToString(),
            fact.Parameters.ToString("x", CultureInfo.InvariantCulture), fact.Chain);
    }

    /// <summary>Returns the fact that a text states, or null where it states none that this version understands.</summary>
    public static MethodFact? Read(string? text)
    {
        if (text is null || text.Split(Field) is not [Version, var id, var typeArguments, var kindText, var libraryText, var parametersText, var stepsText])
            return null;
        if (!id.StartsWith("M:", StringComparison.Ordinal) || !TryRead<RoundTripKind>(kindText, out var kind) || !TryRead<DataLibrary>(libraryText, out var library))
            return null;
        if (!ulong.TryParse(parametersText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var parameters))
            return null;
        var steps = stepsText.Split(Step);
        return Array.Exists(steps, static step => step.Length == 0)
            ? null
            : new MethodFact(new MemberName(id, typeArguments), kind, library, parameters, ImmutableArray.Create(steps));
    }

    private static bool TryRead<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: false, out value) && Enum.IsDefined(typeof(T), value) && text.Length > 0 && char.IsLetter(text[0]);
}
