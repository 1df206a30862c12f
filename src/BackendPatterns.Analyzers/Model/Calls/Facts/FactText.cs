using System.Collections.Immutable;
using System.Globalization;
using BackendPatterns.Analyzers.Model.DataAccess;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The text of a fact, as the attributes of an assembly carry it: <c>version|member|type arguments|kind|library|sources|page sources|if true|if false|if chosen|implementation|chain</c> for a round trip,
/// <c>version|member|type arguments|target|type arguments|sources,sources|names</c> for a call. Projects may be built with different versions of this package, so
/// a text of another version counts as absent, and so does a damaged one.
/// </summary>
internal static class FactText
{
    /// <summary>The key of the attribute for a round trip.</summary>
    public const string RoundTripKey = "BackendPatterns.RoundTrip";

    /// <summary>The key of the attribute for a call.</summary>
    public const string CallKey = "BackendPatterns.Call";

    private const string Version = "1";
    private const char Separator = '|';
    private const char ListSeparator = ',';

    /// <summary>Returns the text of a fact, or null where a name in it cannot be written.</summary>
    public static string? Of(MethodFact fact) =>
        fact.Trip.Chain.Length == 0 || fact.Trip.Chain.IndexOf(Separator) >= 0
            ? null
            : string.Join(
                "|", Version, fact.Member.Id, fact.Member.TypeArguments, fact.Trip.Kind.ToString(), fact.Trip.Library?.ToString() ?? "",
                Hex(fact.Trip.Sources), Hex(fact.Trip.PageSources), Hex(fact.Trip.IfTrue), Hex(fact.Trip.IfFalse), Of(fact.Trip.IfChosen), fact.Trip.Implementation ?? "", fact.Trip.Chain);

    /// <summary>Returns the text of a fact.</summary>
    public static string Of(CallFact fact) =>
        string.Join("|", Version, fact.Member.Id, fact.Member.TypeArguments, fact.Target.Id, fact.Target.TypeArguments, string.Join(",", fact.Arguments.Select(Hex)), fact.Names);

    /// <summary>Returns the fact about a round trip that a text states, or null where it states none that this version understands.</summary>
    public static MethodFact? RoundTrip(string? text)
    {
        if (text?.Split(Separator) is not [Version, var id, var typeArguments, var kindText, var libraryText, var sourcesText, var pagesText, var ifTrueText, var ifFalseText, var ifChosenText, var implementation, { Length: > 0 } chain])
            return null;
        var library = NameOf<DataLibrary>(libraryText);
        if (!IsMethod(id) || NameOf<RoundTripKind>(kindText) is not { } kind || (library is null && libraryText.Length > 0)
            || NumberOf(sourcesText) is not { } sources || NumberOf(pagesText) is not { } pages
            || NumberOf(ifTrueText) is not { } ifTrue || NumberOf(ifFalseText) is not { } ifFalse || !TryChoices(ifChosenText, out var ifChosen))
        {
            return null;
        }

        return new MethodFact(new MemberName(id, typeArguments), new RoundTripFact(kind, library, sources, chain, pages, implementation.Length == 0 ? null : implementation, ifTrue, ifFalse, ifChosen));
    }

    /// <summary>Returns the fact about a call that a text states, or null where it states none that this version understands.</summary>
    public static CallFact? Call(string? text)
    {
        if (text?.Split(Separator) is not [Version, var id, var typeArguments, var target, var targetArguments, var sourcesText, { Length: > 0 } names] || !IsMethod(id) || !IsMethod(target))
            return null;
        var sources = ImmutableArray.CreateBuilder<ulong>();
        foreach (var one in sourcesText.Split([ListSeparator], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NumberOf(one) is not { } number)
                return null;
            sources.Add(number);
        }

        return new CallFact(new MemberName(id, typeArguments), new MemberName(target, targetArguments), sources.ToImmutable(), names);
    }

    // parameter:value:value;parameter:value
    private static string Of(ImmutableArray<ChoiceCondition> choices) =>
        choices.IsDefaultOrEmpty
            ? ""
            : string.Join(";", choices.Select(static choice => string.Join(":", choice.Values.Select(static value => value.ToString(CultureInfo.InvariantCulture)).Prepend(Hex(choice.Parameter)))));

    private static bool TryChoices(string text, out ImmutableArray<ChoiceCondition> choices)
    {
        choices = default;
        if (text.Length == 0)
            return true;
        var read = ImmutableArray.CreateBuilder<ChoiceCondition>();
        foreach (var condition in text.Split(';'))
        {
            var parts = condition.Split(':');
            if (NumberOf(parts[0]) is not { } parameter)
                return false;
            var values = ImmutableArray.CreateBuilder<long>();
            foreach (var part in parts.Skip(1))
            {
                if (!long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                    return false;
                values.Add(value);
            }

            read.Add(new ChoiceCondition(parameter, values.ToImmutable(), IsOneOf: true));
        }

        choices = read.ToImmutable();
        return true;
    }

    private static bool IsMethod(string id) => id.StartsWith("M:", StringComparison.Ordinal);

    private static string Hex(ulong sources) => sources.ToString("x", CultureInfo.InvariantCulture);

    private static ulong? NumberOf(string text) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value with this name. <c>Enum.TryParse</c> accepts numbers and lists too.</summary>
    private static T? NameOf<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: false, out var value) && value.ToString() == text ? value : null;
}
