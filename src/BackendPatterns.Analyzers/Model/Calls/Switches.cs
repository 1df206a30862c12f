using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// What a call says about parameters that switch parts of a method on and off: <c>Add(order, save: false)</c>, <c>Find(id, lookup: null)</c>. A bit per parameter, as in
/// <see cref="ValueFlow.BitOf"/>; a parameter without a bit got a value that is not known.
/// </summary>
/// <param name="True">The parameters that got the constant true.</param>
/// <param name="False">The parameters that got the constant false.</param>
/// <param name="Null">The parameters that got the constant null.</param>
/// <param name="Choices">The constants of enumeration types.</param>
internal readonly record struct Switches(ulong True, ulong False, ulong Null, Choices Choices = default)
{
    /// <summary>Returns what a call says, omitted arguments included.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="around">What the method that contains the call was called with: it may pass its own parameters on.</param>
    public static Switches At(Callee callee, Switches around)
    {
        var known = default(Switches);
        foreach (var argument in callee.Arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            var bit = ValueFlow.BitOf(parameter);
            var value = argument.Value.Unwrap();
            if (value.ConstantValue is { HasValue: true, Value: var constant })
                known = constant switch
                {
                    true => known with { True = known.True | bit },
                    false => known with { False = known.False | bit },
                    null when value.Type is not { IsValueType: true } => known with { Null = known.Null | bit },
                    _ when Choices.ValueOf(argument.Value) is { } chosen => known with { Choices = known.Choices.And(bit, chosen) },
                    _ => known,
                };
            else if (value is IParameterReferenceOperation { Parameter: var own } && around != default)
                known = known.With(bit, around, ValueFlow.BitOf(own));
        }

        return known;
    }

    private Switches With(ulong bit, Switches around, ulong own) => new(
        (around.True & own) != 0 ? True | bit : True,
        (around.False & own) != 0 ? False | bit : False,
        (around.Null & own) != 0 ? Null | bit : Null,
        around.Choices.Of(own) is { } chosen ? Choices.And(bit, chosen) : Choices);
}
