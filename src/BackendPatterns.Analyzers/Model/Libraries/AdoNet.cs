using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The provider-independent types of ADO.NET.</summary>
public sealed class AdoNet
{
    private readonly TypesBelow _commands;
    private readonly TypesBelow _connections;

    private AdoNet(INamedTypeSymbol command, INamedTypeSymbol connection)
    {
        _commands = new TypesBelow(command);
        _connections = new TypesBelow(connection);
    }

    /// <summary>Returns ADO.NET as this compilation sees it, or null.</summary>
    public static AdoNet? In(Compilation compilation) =>
        compilation.FindType("System.Data.IDbCommand") is { } command
        && compilation.FindType("System.Data.IDbConnection") is { } connection
            ? new AdoNet(command, connection)
            : null;

    /// <summary>True for <c>IDbCommand</c> and every type that implements it (<c>DbCommand</c> does).</summary>
    public bool IsCommand(ITypeSymbol? type) => _commands.Contain(type);

    /// <summary>True for <c>IDbConnection</c> and every type that implements it.</summary>
    public bool IsConnection(ITypeSymbol? type) => _connections.Contain(type);
}
