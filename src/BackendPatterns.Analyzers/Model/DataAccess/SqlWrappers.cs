using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Methods of this application that send a text they are given to the database as it is.</summary>
public sealed class SqlWrappers
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "sql", "query", "commandText", "cmdText", "statement", "command", "sqlQuery", "rawSql" };

    private readonly BackendModel _model;
    private readonly ConcurrentDictionary<IParameterSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal SqlWrappers(BackendModel model) => _model = model;

    /// <summary>True for the names that parameters with SQL text have; everything else is not looked at.</summary>
    public static bool MayBeSql(string parameterName) => Names.Contains(parameterName);

    /// <summary>True where the body of the method gives exactly this parameter to EF Core, Dapper or a command.</summary>
    public bool HandOn(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction } method
        && (method.ReducedFrom ?? method).OriginalDefinition is { DeclaringSyntaxReferences.IsEmpty: false } definition
        && definition.Parameters[parameter.Ordinal + (method.ReducedFrom is null ? 0 : 1)] is var declared
        && _known.GetOrAdd(declared, HandsOn);

    private bool HandsOn(IParameterSymbol parameter)
    {
        if (_model.BodyOf((IMethodSymbol)parameter.ContainingSymbol) is not { } body)
            return false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (SqlSink.OfLibrary(operation, _model) is { } sink && sink.Text.Unwrap() is IParameterReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) && !reference.IsWritten())
            {
                return true;
            }
        }

        return false;
    }
}
