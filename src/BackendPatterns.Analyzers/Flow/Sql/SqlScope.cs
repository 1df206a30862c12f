using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Something of which the text is wanted: of an expression itself, or of the elements of a sequence.</summary>
/// <param name="Operation">The expression.</param>
/// <param name="Scope">What the parameters of the method or lambda around it stand for.</param>
/// <param name="IsSequence">True where the elements are wanted.</param>
/// <param name="Text">The text, where it is known already.</param>
internal sealed record SqlPart(IOperation Operation, SqlScope Scope, bool IsSequence = false, string? Text = null);

/// <summary>What parameters stand for while the body of a helper is read, and what is being read, so that nothing is read inside of itself.</summary>
internal sealed class SqlScope
{
    private const int MaximumDepth = 24;

    public static readonly SqlScope Outermost = new(outer: null, reading: null, ImmutableDictionary<ISymbol, SqlPart>.Empty);

    private readonly SqlScope? _outer;
    private readonly ISymbol? _reading;
    private readonly ImmutableDictionary<ISymbol, SqlPart> _values;
    private readonly int _depth;

    private SqlScope(SqlScope? outer, ISymbol? reading, ImmutableDictionary<ISymbol, SqlPart> values)
    {
        _outer = outer;
        _reading = reading;
        _values = values;
        _depth = outer is null ? 0 : outer._depth + 1;
    }

    /// <summary>Returns the scope in which a local or method is being read, or null where it is being read already or the way there is too long.</summary>
    public SqlScope? Reading(ISymbol symbol)
    {
        if (_depth >= MaximumDepth)
            return null;
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (SymbolEqualityComparer.Default.Equals(scope._reading, symbol))
                return null;
        }

        return new SqlScope(this, symbol, _values);
    }

    /// <summary>Returns the scope in which the parameters of a called method stand for the arguments of the call.</summary>
    public SqlScope? Called(IInvocationOperation call)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (Reading(method) is not { } inner)
            return null;
        var values = _values;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < method.Parameters.Length)
                values = values.SetItem(method.Parameters[parameter.Ordinal], new SqlPart(argument.Value, this, argument.Parameter.Type.ElementTypeOfSequence() is not null));
        }

        return new SqlScope(this, method, values);
    }

    /// <summary>Returns the scope in which the parameter of a lambda stands for each element of a sequence.</summary>
    public SqlScope ForElements(IParameterSymbol parameter, IOperation sequence) =>
        new(this, parameter, _values.SetItem(parameter, new SqlPart(sequence, this, IsSequence: true)));

    /// <summary>Returns what a parameter stands for, or null where nothing is known here.</summary>
    public SqlPart? ValueOf(IParameterSymbol parameter) => _values.TryGetValue(parameter, out var value) ? value : null;
}
