using System.Collections.Immutable;
using System.Globalization;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>A parameter of an enumeration type, by its bit, and the constant that a call gives it.</summary>
internal readonly record struct Choice(ulong Parameter, long Value);

/// <summary>What must hold of a parameter of an enumeration type for an operation to run.</summary>
/// <param name="Parameter">The bit of the parameter.</param>
/// <param name="Values">The underlying values of the constants that it is compared with.</param>
/// <param name="IsOneOf">True where it must be one of them, false where it must be none.</param>
public readonly record struct ChoiceCondition(ulong Parameter, ImmutableArray<long> Values, bool IsOneOf)
{
    /// <summary>False for a value with which the operation does not run.</summary>
    public bool Allows(long value) => Values.Contains(value) == IsOneOf;
}

/// <summary>The constants of enumeration types that a call gives: <c>Load(ImageKind.Cover)</c>. Equal where they are the same.</summary>
internal readonly struct Choices : IEquatable<Choices>
{
    private readonly ImmutableArray<Choice> _choices;

    private Choices(ImmutableArray<Choice> choices) => _choices = choices;

    /// <summary>Returns these and one more.</summary>
    public Choices And(ulong parameter, long value) => new((_choices.IsDefault ? ImmutableArray<Choice>.Empty : _choices).Add(new Choice(parameter, value)));

    /// <summary>Returns what a parameter got, or null where that is not known.</summary>
    public long? Of(ulong parameter)
    {
        if (_choices.IsDefault)
            return null;
        foreach (var choice in _choices)
        {
            if (choice.Parameter == parameter)
                return choice.Value;
        }

        return null;
    }

    /// <summary>Returns the underlying value of a constant of an enumeration type, or null for any other value.</summary>
    public static long? ValueOf(IOperation operation) =>
        operation is { Type.TypeKind: TypeKind.Enum, ConstantValue: { HasValue: true, Value: { } constant } } ? Underlying(constant) : null;

    /// <summary>Returns the underlying values of the constants of an enumeration type; empty for any other type, and for flags, of which a value may be several.</summary>
    public static ImmutableArray<long> ConstantsOf(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum && !type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute" } flags && flags.IsIn("System"))
            ? type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).Select(static field => Underlying(field.ConstantValue!)).Distinct().ToImmutableArray()
            : ImmutableArray<long>.Empty;

    public bool Equals(Choices other) =>
        _choices.IsDefaultOrEmpty ? other._choices.IsDefaultOrEmpty : !other._choices.IsDefault && _choices.SequenceEqual(other._choices);

    public override bool Equals(object? obj) => obj is Choices other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 0;
        if (!_choices.IsDefault)
        {
            foreach (var choice in _choices)
                hash = unchecked((hash * 31) + choice.GetHashCode());
        }

        return hash;
    }

    private static long Underlying(object constant) => constant is ulong large ? unchecked((long)large) : Convert.ToInt64(constant, CultureInfo.InvariantCulture);
}
