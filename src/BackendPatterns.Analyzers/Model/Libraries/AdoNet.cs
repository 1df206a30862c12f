using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The provider-independent types of ADO.NET.</summary>
public sealed class AdoNet
{
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _connections = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol _command;
    private readonly INamedTypeSymbol _connection;

    private AdoNet(INamedTypeSymbol command, INamedTypeSymbol connection)
    {
        _command = command;
        _connection = connection;
    }

    /// <summary>Returns ADO.NET as this compilation sees it, or null.</summary>
    public static AdoNet? In(Compilation compilation) =>
        compilation.FindType("System.Data.IDbCommand") is { } command
        && compilation.FindType("System.Data.IDbConnection") is { } connection
            ? new AdoNet(command, connection)
            : null;

    /// <summary>True for <c>IDbCommand</c> and every type that implements it (<c>DbCommand</c> does).</summary>
    public bool IsCommand(ITypeSymbol? type) => type.IsOrImplements(_command);

    /// <summary>True for <c>IDbConnection</c> and every type that implements it.</summary>
    public bool IsConnection(ITypeSymbol? type)
    {
        if (type is null)
            return false;
        // Asked of the type of every value that is followed: of few types, again and again.
        return _connections.TryGetValue(type, out var known) ? known : _connections.GetOrAdd(type, type.IsOrImplements(_connection));
    }
}
