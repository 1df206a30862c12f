using System.Globalization;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The text of a fact, as the attributes of an assembly carry it: <c>version|member|type arguments|kind|library|sources|chain</c>. Projects may be built with
/// different versions of this package, so a text of another version counts as absent, and so does a damaged one.
/// </summary>
internal static class FactText
{
    /// <summary>The key of the assembly attribute.</summary>
    public const string Key = "BackendPatterns.RoundTrip";

    private const string Version = "1";
    private const char Separator = '|';

    /// <summary>Returns the text of a fact, or null where a name in it cannot be written.</summary>
    public static string? Of(MethodFact fact) =>
        fact.Trip.Chain.IndexOf(Separator) >= 0 || fact.Trip.Chain.Length == 0
            ? null
            : string.Join(
                "|", Version, fact.Member.Id, fact.Member.TypeArguments, fact.Trip.Kind.ToString(), fact.Trip.Library?.ToString() ?? "",
                fact.Trip.Sources.ToString("x", CultureInfo.InvariantCulture), fact.Trip.Chain);

    /// <summary>Returns the fact that a text states, or null where it states none that this version understands.</summary>
    public static MethodFact? Read(string? text)
    {
        if (text is null || text.Split(Separator) is not [Version, var id, var typeArguments, var kindText, var libraryText, var sourcesText, { Length: > 0 } chain])
            return null;
        if (!id.StartsWith("M:", StringComparison.Ordinal) || NameOf<RoundTripKind>(kindText) is not { } kind)
            return null;
        var library = NameOf<DataLibrary>(libraryText);
        return (library is null && libraryText.Length > 0) || !ulong.TryParse(sourcesText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sources)
            ? null
            : new MethodFact(new MemberName(id, typeArguments), new RoundTripFact(kind, library, sources, chain));
    }

    /// <summary>The value with this name. <c>Enum.TryParse</c> accepts numbers and lists too.</summary>
    private static T? NameOf<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: false, out var value) && value.ToString() == text ? value : null;
}
